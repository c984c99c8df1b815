package io.posthouse.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/// A command that runs in this JVM, which saves the start of another; for those that just end.
public final class CommandRun {
  private CommandRun() {}

  /// Runs it to its end. Not for several threads: there is one standard output.
  public static Ended of(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var realOut = System.out;
    var realErr = System.err;
    try {
      System.setOut(new PrintStream(out, true, UTF_8));
      System.setErr(new PrintStream(err, true, UTF_8));
      var exitCode = OpsMain.commandLine().execute(arguments);
      System.out.flush();
      return new Ended(exitCode, Octets.of(out.toByteArray()), err.toString(UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }
}
