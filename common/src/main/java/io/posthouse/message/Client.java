package io.posthouse.message;

import java.net.InetAddress;
import java.util.Optional;

/// Who gave us a message, as seen by the edge: for the trace, the events and the DSN.
///
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
    Optional<String> user) {}
