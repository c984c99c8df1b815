package io.posthouse.edge.proxy;

import io.posthouse.message.Endpoint;
import io.posthouse.message.TlsFacts;
import java.util.Arrays;
import java.util.Optional;

/// What a proxy says about a connection before the first octet of the client's own (The PROXY
/// protocol, versions 1 and 2, sections 2.1 and 2.2).
public sealed interface ProxyHeader {
  /// The longest header there can be, of version 2.
  int LONGEST = BinaryHeader.SHORTEST + 0xffff;

  /// Right so far; the rest has yet to come.
  record Partial() implements ProxyHeader {}

  /// No header, whatever may still come.
  ///
  /// @param why for our log
  record Malformed(String why) implements ProxyHeader {}

  /// The connection is the proxy's own, as for a health check, or the proxy cannot tell whose it
  /// is: the ends of the connection are those we see.
  ///
  /// @param length octets of the header; all after it is the client's
  record Own(int length) implements ProxyHeader {}

  /// The connection is somebody else's.
  ///
  /// @param length octets of the header; all after it is the client's
  /// @param tls if the proxy has ended the client's TLS
  /// @param connectionId what the proxy calls the connection
  record Brought(
      int length,
      Endpoint client,
      Endpoint server,
      Optional<TlsFacts> tls,
      Optional<String> connectionId)
      implements ProxyHeader {}

  /// What the first `count` of `octets` are. The answer is the same however they have arrived, once
  /// it is not [Partial].
  static ProxyHeader read(byte[] octets, int count) {
    var seen = Arrays.copyOf(octets, count);
    return count > 0 && seen[0] == BinaryHeader.FIRST_OCTET
        ? BinaryHeader.read(seen)
        : TextHeader.read(seen);
  }
}
