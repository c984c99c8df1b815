package io.posthouse.ops.testbed;

import io.posthouse.message.Octets;
import io.posthouse.ops.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// `posthouse COMMAND …` in a process of its own, as an operator runs it. What it prints is kept in
/// files, to be looked at after a failure; the process itself never outlives this JVM.
public final class PosthouseProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 90;

  /// What `mvn package` leaves for operators; nothing of the tests is among it.
  private static final Path LIBRARIES = Path.of("target", "posthouse", "lib", "*").toAbsolutePath();

  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final String command;
  private final Process process;
  private final Path out;
  private final Path err;

  private PosthouseProcess(String command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /// Starts a command.
  public static PosthouseProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  /// The same, with more in its environment.
  public static PosthouseProcess start(Map<String, String> environment, String... arguments) {
    var command = String.join(" ", arguments);
    var label = "%03d-%s".formatted(STARTED.incrementAndGet(), arguments[0]);
    var out = Testbed.folder().resolve(label + ".out");
    var err = Testbed.folder().resolve(label + ".err");
    var builder = new ProcessBuilder(java(arguments));
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    try {
      var process = builder.start();
      RUNNING.add(process);
      return new PosthouseProcess(command, process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command to its end.
  public static Ended run(String... arguments) {
    try (var process = start(arguments)) {
      return process.awaitEnd();
    }
  }

  /// Waits until it has printed a line that begins so.
  public void awaitLine(String beginning) {
    Eventually.holds(
        command + " prints " + beginning,
        () -> !process.isAlive() || text(out).lines().anyMatch(l -> l.startsWith(beginning)));
    if (text(out).lines().noneMatch(l -> l.startsWith(beginning)))
      throw new AssertionError(command + " never printed " + beginning + "; it said:\n" + said());
  }

  /// Waits for the end of a command that ends by itself.
  public Ended awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
        throw new AssertionError(command + " does not end; it said:\n" + said());
      RUNNING.remove(process);
      return new Ended(process.exitValue(), Octets.of(Files.readAllBytes(out)), text(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command + ": interrupted while it was running", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGTERM, and waits.
  public Ended terminate() {
    process.destroy();
    return awaitEnd();
  }

  /// SIGKILL, and waits.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// All it has printed so far.
  public String said() {
    return text(out) + text(err);
  }

  @Override
  public void close() {
    if (process.isAlive()) kill();
  }

  private static List<String> java(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As in ops/bin/posthouse; the rest is for a quick start on a small machine.
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx600m",
            "-cp",
            LIBRARIES.toString(),
            "io.posthouse.ops.OpsMain"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
