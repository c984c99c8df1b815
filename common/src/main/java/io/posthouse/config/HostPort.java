package io.posthouse.config;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/// A host and a port, written `host:port`, `192.0.2.1:53` or `[2001:db8::1]:53`. The host is a name
/// or an address; nothing is looked up here.
///
/// @param port 0 lets the system choose when it is listened on
public record HostPort(String host, int port) {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:\\[(?<v6>[^]]+)]|(?<name>[\\w.-]+))(?::(?<port>\\d{1,5}))?");

  public HostPort {
    if (host.isBlank())
      throw new IllegalArgumentException("host: empty (expected: a name or address)");
    if (port < 0 || port > 65535)
      throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
  }

  /// Reads one of the forms above.
  ///
  /// @param defaultPort holds when the text names none; -1 when it must
  /// @throws IllegalArgumentException when the text is no host and port
  public static HostPort parse(String text, int defaultPort) {
    var written = WRITTEN.matcher(text);
    if (!written.matches()) return new HostPort(ipv6(text), defaultPort);
    var host = written.group("v6") == null ? written.group("name") : ipv6(written.group("v6"));
    var port = written.group("port");
    return new HostPort(host, port == null ? defaultPort : Integer.parseInt(port));
  }

  private static String ipv6(String literal) {
    // Throws when it is none, and never looks a name up.
    Inet6Address.ofLiteral(literal);
    return literal;
  }

  /// Looks the host up if it is a name.
  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
