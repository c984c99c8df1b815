/// Netty: sockets, line and content decoders, TLS, and the performer of the session's effects. It
/// decides nothing.
@NullMarked
package io.posthouse.edge.wire;

import org.jspecify.annotations.NullMarked;
