package io.posthouse.message;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// One end of a connection.
///
/// @param port 0 where nobody told us
public record Endpoint(InetAddress address, int port) {
  /// The address of somebody of whom we know none.
  public static final String NOWHERE = "0.0.0.0";

  private static final String IPV6 = "IPV6:";
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4_FORM = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6_FORM = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  public Endpoint {
    if (port < 0 || port > 65_535)
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
  }

  /// Of a connection that is there.
  public static Endpoint of(InetSocketAddress end) {
    return new Endpoint(end.getAddress(), end.getPort());
  }

  /// An address as in a literal (RFC 5321 §4.1.3): `192.0.2.1` or `IPv6:2001:db8::1`; an IPv4
  /// address written as IPv6 is an IPv4 address. Empty if it is neither.
  public static Optional<Endpoint> parse(String literal, int port) {
    var isIpv6 = literal.regionMatches(true, 0, IPV6, 0, IPV6.length());
    var text = isIpv6 ? literal.substring(IPV6.length()) : literal;
    if (!(isIpv6 ? IPV6_FORM : IPV4_FORM).matcher(text).matches()) return Optional.empty();
    try {
      return Optional.of(new Endpoint(InetAddress.ofLiteral(text), port));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  public Endpoint withPort(int other) {
    return new Endpoint(address, other);
  }

  /// The address alone: `192.0.2.1`, `2001:db8:0:0:0:0:0:1`.
  public String host() {
    return address.getHostAddress();
  }

  /// `192.0.2.1:25`, `[2001:db8:0:0:0:0:0:1]:25`.
  @Override
  public String toString() {
    return (address instanceof Inet6Address ? "[" + host() + "]" : host()) + ":" + port;
  }
}
