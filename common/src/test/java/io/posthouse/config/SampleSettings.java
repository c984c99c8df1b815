package io.posthouse.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A settings record with one of each kind.
record SampleSettings(
    String node,
    Optional<Secret> password,
    Duration first,
    List<Duration> schedule,
    ByteSize inline,
    boolean fsync,
    Mode spf,
    List<HostPort> bootstrap,
    List<Network> relay,
    List<Listener> listeners,
    Map<String, Listener> routes) {

  static SampleSettings read(Settings in) {
    var delivery = in.section("delivery");
    return new SampleSettings(
        in.about("name of this node").string("node", "n1"),
        in.secret("password"),
        delivery.duration(
            "retry.first", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(60)),
        delivery.durations(
            "retry.schedule",
            Duration.ofSeconds(1),
            Duration.ofHours(24),
            List.of(Duration.ofHours(1))),
        in.size("inline", new ByteSize(0), ByteSize.mib(1), ByteSize.kib(128)),
        in.bool("fsync", true),
        in.choice("spf", Mode.class, Mode.OBSERVE),
        in.hostPorts("bootstrap", 9092, List.of(new HostPort("localhost", 9092))),
        in.networks("relay", List.of()),
        in.sections("listeners", Listener::read),
        in.map("routes", Listener::read));
  }

  enum Mode {
    OFF,
    OBSERVE,
    ENFORCE
  }

  record Listener(String name, int port) {
    Listener {
      if (name.equals("smtp") && port == 465)
        throw new IllegalArgumentException("465 (expected: a listener with TLS)");
    }

    static Listener read(Settings in) {
      return new Listener(in.requiredString("name"), in.integer("port", 1, 65535, 25));
    }
  }
}
