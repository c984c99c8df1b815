package io.posthouse.config;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/// A host and a port, written `host:port`, `192.0.2.1:53` or `[2001:db8::1]:53`. The host is a name
/// or an address; nothing is looked up here.
///
/// @param port 0 lets the system choose when it is listened on
public record HostPort(String host, int port) {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.%a-z]+)]|(?<name>[\\w.-]+))(?::(?<port>\\d{1,5}))?");
  private static final Pattern BARE_IPV6 =
      Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*");

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
    if (BARE_IPV6.matcher(text).matches()) return new HostPort(text, defaultPort);
    var written = WRITTEN.matcher(text);
    if (!written.matches()) throw new IllegalArgumentException("host and port: " + text);
    var host = written.group("v6") == null ? written.group("name") : written.group("v6");
    var port =
        written.group("port") == null ? defaultPort : Integer.parseInt(written.group("port"));
    return new HostPort(host, port);
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
