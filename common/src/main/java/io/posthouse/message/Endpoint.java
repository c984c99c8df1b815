package io.posthouse.message;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// One end of a connection.
///
/// @param port 0 where nobody told us
public record Endpoint(InetAddress address, int port) {
  public Endpoint {
    if (port < 0 || port > 65_535)
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
  }

  /// Of a connection that is there.
  public static Endpoint of(InetSocketAddress end) {
    return new Endpoint(end.getAddress(), end.getPort());
  }

  /// `192.0.2.1:25`, `[2001:db8:0:0:0:0:0:1]:25`.
  @Override
  public String toString() {
    var text = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
  }
}
