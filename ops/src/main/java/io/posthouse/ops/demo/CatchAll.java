package io.posthouse.ops.demo;

import io.posthouse.config.ConfigException;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.SettingsFile;
import io.posthouse.config.TlsSettings;
import io.posthouse.directory.Logins;
import io.posthouse.edge.Edge;
import io.posthouse.edge.EdgeSettings;
import io.posthouse.lifecycle.Service;
import io.posthouse.mongo.Mongo;
import io.posthouse.tally.LocalTallies;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The host that stands for the rest of the world in a demo: an edge that knows everybody and whose
/// queue is the demo inbox. Its metrics and events are nobody's business.
public final class CatchAll implements Service {
  private final DemoQueue queue;
  private final Service edge;

  /// @param port on loopback
  public CatchAll(Mongo mongo, int port) {
    queue = new DemoQueue(new DemoInbox(mongo));
    var clock = InstantSource.system();
    var around =
        new Edge.Surroundings(
            queue,
            new Everybody(),
            Logins.NOBODY,
            new LocalTallies(clock),
            _ -> {},
            new Metrics(),
            clock);
    edge =
        Edge.server(
            settings(port),
            new NodeSettings("catch-all", "catch-all.test"),
            new TlsSettings(Optional.empty()),
            around);
  }

  @Override
  public String name() {
    return "demo " + edge.name();
  }

  @Override
  public void start() {
    edge.start();
  }

  @Override
  public void drain(Duration deadline) {
    edge.drain(deadline);
  }

  @Override
  public void close() {
    edge.close();
    queue.close();
  }

  private static EdgeSettings settings(int port) {
    var listener =
        "edge.listeners=[{name: catch-all, address: 127.0.0.1, port: %d, tls: off}]"
            .formatted(port);
    var settings =
        SettingsFile.defaults()
            .with(List.of(listener, "edge.relay_networks=127.0.0.0/8", "edge.threads=1"));
    try {
      return settings.read(in -> EdgeSettings.read(in.section("edge"))).settings();
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }
}
