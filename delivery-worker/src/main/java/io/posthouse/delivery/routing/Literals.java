package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Address literals (RFC 5321 §4.1.3): `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
final class Literals {
  private static final Pattern IPV4 = Pattern.compile("\\[(\\d{1,3}(?:\\.\\d{1,3}){3})]");
  private static final Pattern IPV6 = Pattern.compile("\\[ipv6:([0-9a-f:.]+)]");

  private Literals() {}

  static Optional<InetAddress> address(Domain literal) {
    var ipv4 = IPV4.matcher(literal.name());
    var ipv6 = IPV6.matcher(literal.name());
    try {
      if (ipv4.matches()) return Optional.of(Inet4Address.ofLiteral(ipv4.group(1)));
      if (ipv6.matches()) return Optional.of(Inet6Address.ofLiteral(ipv6.group(1)));
      return Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
