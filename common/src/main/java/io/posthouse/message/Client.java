package io.posthouse.message;

import java.net.InetAddress;
import java.util.Optional;

/// Who gave us a message, as seen by the edge: for the trace, the events and the DSN.
///
/// @param address the client's own, also where a proxy stands between us
/// @param protocol the `with` of the trace: `ESMTP`, `ESMTPS`, `LMTP` … (RFC 3848)
/// @param listener name of the listener, and `node` the edge, that took it
/// @param user who logged in, if anybody did
public record Client(
    InetAddress address,
    int port,
    String helo,
    String protocol,
    String listener,
    String node,
    Optional<String> user,
    Passage passage) {

  /// A client of which no more is known.
  public Client(
      InetAddress address,
      int port,
      String helo,
      String protocol,
      String listener,
      String node,
      Optional<String> user) {
    this(address, port, helo, protocol, listener, node, user, Passage.DIRECT);
  }
}
