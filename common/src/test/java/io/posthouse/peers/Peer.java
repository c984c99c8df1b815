package io.posthouse.peers;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A program from a distribution's packages, such as `swaks`. Where it is not installed, the test
/// that asks for it is skipped with one loud line; it fails where peers are required: in CI, or
/// with `-Dposthouse.peers=required`.
public final class Peer {
  private final Path program;

  private Peer(Path program) {
    this.program = program;
  }

  /// A program by its name.
  public static Peer named(String name) {
    return folders()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Peer::new)
        .orElseGet(() -> absent(name));
  }

  /// Where it lies.
  public Path program() {
    return program;
  }

  /// What a program printed, both streams, and how it ended.
  public record Ended(int exitCode, String said) {}

  /// Runs it to its end.
  public Ended run(String... arguments) {
    return run(builder(arguments));
  }

  /// Runs it to its end, with a file as its standard input.
  public Ended run(Path input, String... arguments) {
    return run(builder(arguments).redirectInput(input.toFile()));
  }

  private Ended run(ProcessBuilder builder) {
    try {
      var process = builder.start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(program + ": interrupted while it was running", e);
    }
  }

  /// Starts it, for a test that ends it; what it prints goes nowhere.
  public Process start(String... arguments) {
    try {
      return builder(arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(String... arguments) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /// Debian keeps servers in `/usr/sbin`, which is not on everybody's path.
  private static Stream<Path> folders() {
    var path = String.valueOf(System.getenv("PATH")).split(File.pathSeparator);
    return Stream.concat(Stream.of(path), Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin"))
        .map(Path::of);
  }

  static Peer absent(String name) {
    System.out.println("NOT TESTED: " + name + " is not installed");
    var required =
        "true".equals(System.getenv("CI"))
            || "required".equals(System.getProperty("posthouse.peers"));
    return required ? fail(name + " is required and not installed") : abort(name + " is absent");
  }
}
