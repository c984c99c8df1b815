package io.posthouse.ops.endtoend;

import io.posthouse.ops.testbed.Cluster;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.SinkPeer;
import org.jspecify.annotations.Nullable;

/// A platform whose world is Postfix's `smtp-sink`, for all tests with peers.
record PeerWorld(Platform platform, SinkPeer sink) {
  private static @Nullable PeerWorld started;

  /// Started when it is first asked for; skips the test where there is no `smtp-sink`.
  static synchronized PeerWorld shared() {
    if (started != null) return started;
    var sink = new SinkPeer();
    var platform = new Platform(Cluster.shared(), sink.port());
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
    started = new PeerWorld(platform, sink);
    return started;
  }
}
