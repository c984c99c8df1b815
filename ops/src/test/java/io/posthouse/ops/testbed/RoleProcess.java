package io.posthouse.ops.testbed;

import io.posthouse.ops.Ended;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// One role of a platform, which may be started again after its end.
public final class RoleProcess implements AutoCloseable {
  private final Role role;
  private final Path settings;
  private final HttpProbe http;
  private @Nullable PosthouseProcess process;

  RoleProcess(Role role, Path settings, int httpPort) {
    this.role = role;
    this.settings = settings;
    this.http = new HttpProbe(httpPort);
  }

  /// Starts it and returns when it is ready.
  public RoleProcess start() {
    launch();
    awaitReady();
    return this;
  }

  /// Starts it without waiting.
  public void launch() {
    process =
        PosthouseProcess.start(
            role.command(),
            "--config",
            settings.toString(),
            "--set",
            "telemetry.port=" + http.port());
  }

  public void awaitReady() {
    var starting = running();
    Eventually.holds(role + " is ready", () -> !starting.isAlive() || http.isReady());
    if (!starting.isAlive()) throw new AssertionError(role + " ended:\n" + starting.said());
  }

  /// SIGKILL.
  public void kill() {
    running().kill();
  }

  /// SIGTERM; how it ended.
  public Ended terminate() {
    return running().terminate();
  }

  /// The events about a message that it has logged since it was started, oldest first.
  public List<Document> events(String queueId) {
    return running()
        .said()
        .lines()
        .filter(line -> line.startsWith("{") && line.contains("\"" + queueId + "\""))
        .map(Document::parse)
        .toList();
  }

  public HttpProbe http() {
    return http;
  }

  @Override
  public void close() {
    if (process != null) process.close();
  }

  private PosthouseProcess running() {
    if (process == null) throw new IllegalStateException(role + ": not started");
    return process;
  }
}
