package io.posthouse.edge;

import io.posthouse.edge.session.ListenerKind;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A way in: a kind of listener, reached over one family.
record Door(ListenerKind kind, Family family) {
  enum Family {
    IPV4("127.0.0.1"),
    IPV6("::1");

    private final String loopback;

    Family(String loopback) {
      this.loopback = loopback;
    }
  }

  private static final String HELLO = "C: EHLO client.example.org\nS: 250\n";

  static List<Door> all() {
    return Stream.of(ListenerKind.MX, ListenerKind.SUBMISSION, ListenerKind.SUBMISSIONS)
        .flatMap(kind -> Stream.of(Family.values()).map(family -> new Door(kind, family)))
        .toList();
  }

  /// The setting that opens all doors.
  static String listeners() {
    return all().stream().map(Door::setting).collect(Collectors.joining(",", "listeners=[", "]"));
  }

  SmtpClient enter(TestEdge edge, Segmentation cut) {
    return SmtpClient.connect(new InetSocketAddress(family.loopback, edge.port(name())), cut);
  }

  /// What every dialogue begins with: up to the reply to EHLO, inside TLS.
  String beginning() {
    return switch (kind) {
      case SUBMISSIONS -> "C: (TLS)\nS: 220\n" + HELLO;
      case MX, SUBMISSION -> "S: 220\n" + HELLO + "C: STARTTLS\nS: 220\nC: (TLS)\n" + HELLO;
      case LMTP -> throw new IllegalStateException("no clients come in by LMTP");
    };
  }

  /// The same without TLS.
  String beginningInTheClear() {
    return "S: 220\n" + HELLO;
  }

  @Override
  public String toString() {
    return name();
  }

  private String name() {
    return (kind + "-" + family).toLowerCase(Locale.ROOT);
  }

  private String setting() {
    return "{name: %s, kind: %s, address: '%s', port: 0}"
        .formatted(name(), kind.name().toLowerCase(Locale.ROOT), family.loopback);
  }
}
