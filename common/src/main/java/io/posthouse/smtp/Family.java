package io.posthouse.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/// An address family; each has its own roads, and its own breakers.
public enum Family {
  IPV4,
  IPV6;

  public static Family of(InetAddress address) {
    return address instanceof Inet6Address ? IPV6 : IPV4;
  }

  /// As in events and metrics: `ipv4`, `ipv6`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
