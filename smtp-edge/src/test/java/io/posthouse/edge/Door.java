package io.posthouse.edge;

import io.posthouse.edge.proxy.Headers;
import io.posthouse.edge.session.ListenerKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A way in: a kind of listener, reached over one family, by the client itself or by a proxy.
record Door(ListenerKind kind, Family family, Front front) {
  enum Family {
    IPV4("127.0.0.1", "192.0.2.7"),
    IPV6("::1", "2001:db8::7");

    private final String loopback;
    private final String behindProxy;

    Family(String loopback, String behindProxy) {
      this.loopback = loopback;
      this.behindProxy = behindProxy;
    }
  }

  enum Front {
    DIRECT,
    PROXY_V1,
    PROXY_V2
  }

  private static final String HELLO = "C: EHLO client.example.org\nS: 250\n";

  static List<Door> all() {
    return Stream.of(ListenerKind.MX, ListenerKind.SUBMISSION, ListenerKind.SUBMISSIONS)
        .flatMap(kind -> Stream.of(Family.values()).flatMap(family -> doors(kind, family)))
        .toList();
  }

  private static Stream<Door> doors(ListenerKind kind, Family family) {
    return Stream.of(Front.values()).map(front -> new Door(kind, family, front));
  }

  /// The setting that opens all doors.
  static String listeners() {
    return all().stream()
        .map(Door::setting)
        .distinct()
        .collect(Collectors.joining(",", "listeners=[", "]"));
  }

  /// A client that has come in; a proxy has said so before it says a word.
  SmtpClient enter(TestEdge edge, Segmentation cut) {
    var client = SmtpClient.connect(new InetSocketAddress(family.loopback, edge.port(name())), cut);
    return switch (front) {
      case DIRECT -> client;
      case PROXY_V1 -> client.behind(Headers.text(family.behindProxy, family.behindProxy));
      case PROXY_V2 -> client.behind(Headers.binary(family.behindProxy, family.behindProxy));
    };
  }

  /// Where clients come from who come in here.
  InetAddress client() {
    return InetAddress.ofLiteral(front == Front.DIRECT ? family.loopback : family.behindProxy);
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

  /// The listener.
  String name() {
    var name = kind + "-" + family + (front == Front.DIRECT ? "" : "-proxied");
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name() + " " + front;
  }

  private String setting() {
    return "{name: %s, kind: %s, address: '%s', port: 0%s}"
        .formatted(
            name(),
            kind.name().toLowerCase(Locale.ROOT),
            family.loopback,
            front == Front.DIRECT ? "" : ", proxy_protocol: ['127.0.0.0/8', '::1/128']");
  }
}
