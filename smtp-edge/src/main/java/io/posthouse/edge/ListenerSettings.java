package io.posthouse.edge;

import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import io.posthouse.edge.session.ListenerKind;
import java.net.InetSocketAddress;

/// One of `edge.listeners`.
///
/// @param name in events, and in the envelope
/// @param address `*` for all of this host's, of both families
/// @param port 0 lets the system choose
/// @param front who may stand before it
public record ListenerSettings(
    String name,
    String address,
    int port,
    ListenerKind kind,
    TlsMode tls,
    ClientCertificates clientCertificates,
    FrontSettings front) {
  public ListenerSettings {
    if (tls == TlsMode.OFF && clientCertificates != ClientCertificates.OFF)
      throw new IllegalArgumentException(
          "client_certificates: " + clientCertificates + " (expected: off, as there is no TLS)");
    if (kind == ListenerKind.SUBMISSIONS && tls != TlsMode.IMPLICIT)
      throw new IllegalArgumentException(
          "tls: " + tls + " (expected: implicit, as submissions is TLS from the start)");
  }

  /// A listener with nobody before it.
  public ListenerSettings(String name, String address, int port, ListenerKind kind, TlsMode tls) {
    this(name, address, port, kind, tls, ClientCertificates.OFF, FrontSettings.NONE);
  }

  static ListenerSettings read(Settings in) {
    var kind = in.choice("kind", ListenerKind.class, ListenerKind.MX);
    return new ListenerSettings(
        in.about("in events and metrics")
            .value("name", Form.matching("[a-z][a-z0-9_-]{0,31}", "a short word"), word(kind)),
        in.about("* for all").string("address", "*"),
        in.integer("port", 0, 65535, port(kind)),
        kind,
        in.about("off, on demand, or from the first octet")
            .choice(
                "tls",
                TlsMode.class,
                kind == ListenerKind.SUBMISSIONS ? TlsMode.IMPLICIT : TlsMode.STARTTLS),
        in.about("off, asked for, or needed for mail and logins; see tls.client_ca")
            .choice("client_certificates", ClientCertificates.class, ClientCertificates.OFF),
        FrontSettings.read(in));
  }

  public InetSocketAddress socketAddress() {
    return address.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
  }

  /// `mx *:25`.
  @Override
  public String toString() {
    return name + " " + (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  private static String word(ListenerKind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static int port(ListenerKind kind) {
    return switch (kind) {
      case MX -> 25;
      case SUBMISSION -> 587;
      case SUBMISSIONS -> 465;
      case LMTP -> 24;
    };
  }
}
