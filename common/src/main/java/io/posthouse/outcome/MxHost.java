package io.posthouse.outcome;

import io.posthouse.smtp.Family;
import java.net.InetAddress;

/// One address of one name on the route: what an attempt talks to.
public record MxHost(String name, InetAddress address, int port) {
  public Family family() {
    return Family.of(address);
  }

  /// `mx1.example.net[192.0.2.1]:25`.
  @Override
  public String toString() {
    return name + "[" + address.getHostAddress() + "]:" + port;
  }
}
