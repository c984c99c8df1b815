package io.posthouse.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// An embedded server in a process of its own, to be killed without warning.
final class ForkedServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private ForkedServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Returns once the server serves.
  static ForkedServer start(String kind, Path directory) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ForkedServer.class.getName(),
                kind,
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("port "))
        return new ForkedServer(process, Integer.parseInt(line.substring(5)));
    }
    throw new IOException(
        "the "
            + kind
            + " ended before it served: exit code "
            + process.onExit().join().exitValue());
  }

  int port() {
    return port;
  }

  /// As `kill -9` does it; returns when the process is gone.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /// In the forked process.
  public static void main(String[] args) throws InterruptedException {
    var directory = Path.of(args[1]);
    var port =
        args[0].equals("broker")
            ? EmbeddedKafka.start(EmbeddedKafka.Settings.in(directory)).port()
            : EmbeddedMongo.start(EmbeddedMongo.Settings.in(directory)).port();
    System.out.println("port " + port);
    Thread.currentThread().join(); // until killed
  }
}
