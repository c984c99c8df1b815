package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.lifecycle.Lifecycle;
import io.posthouse.lifecycle.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own, because it is about how one ends.
class EndOfProcessIT {
  @TempDir Path folder;

  @Test
  void a_process_that_is_asked_to_end_drains_writes_its_log_and_ends_well() throws Exception {
    assertEquals(0, exitCodeAfterSigterm("drains"));
    var log = Files.readAllLines(folder.resolve("log"));
    assertEquals(2, log.size(), log::toString);
    assertTrue(log.getFirst().contains("\"event\":\"service_started\",\"service\":\"drains\""));
    assertTrue(log.getLast().contains("\"service\":\"drains\",\"drained\":true"));
  }

  @Test
  void a_process_whose_drain_was_cut_short_says_so() throws Exception {
    assertEquals(1, exitCodeAfterSigterm("hangs"));
    var log = Files.readAllLines(folder.resolve("log"));
    assertTrue(log.getLast().contains("\"service\":\"hangs\",\"drained\":false"), log::toString);
  }

  private int exitCodeAfterSigterm(String behaviour) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                behaviour,
                folder.resolve("log").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      assertEquals("up", output.readLine());
      process.destroy();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the process has ended");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  static final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
      Logs.toFile(Path.of(args[1]));
      var events = new EventRecorder("n1", InstantSource.system(), new Metrics(), EventSink.NONE);
      var deadline = args[0].equals("hangs") ? Duration.ofMillis(200) : Duration.ofSeconds(20);
      new Lifecycle(List.of(new Part(args[0])), deadline, new ServiceEvents(events))
          .runUntilStopped(Logs::close);
    }
  }

  private record Part(String name) implements Service {
    @Override
    public void start() {
      System.out.println("up");
    }

    @Override
    public void drain(Duration deadline) {
      try {
        if (name.equals("hangs")) new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {}
  }
}
