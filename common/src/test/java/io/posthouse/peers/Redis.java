package io.posthouse.peers;

import java.util.concurrent.TimeUnit;

/// A Redis of one test's own, in memory: Debian's `redis-server`.
public final class Redis implements AutoCloseable {
  private final Process process;
  private final int port;

  private Redis(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it, and returns when it answers.
  public static Redis start() {
    var server = Peer.named("redis-server");
    var port = Ports.free();
    var process =
        server.start(
            "--bind",
            Ports.HOST,
            "--port",
            String.valueOf(port),
            "--save",
            "",
            "--appendonly",
            "no");
    Ports.awaitListening("redis-server", port, process);
    return new Redis(process, port);
  }

  public int port() {
    return port;
  }

  /// Ends it; what it held is gone.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
