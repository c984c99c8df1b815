package io.posthouse.edge.wire;

/// What becomes of a CR or LF that is not part of a CRLF. It never ends a message, whatever is
/// chosen: that is how messages are smuggled past a host that thinks otherwise.
public enum BareNewline {
  /// The message is refused, after its end.
  REJECT,
  /// The message gets a CRLF in its place.
  NORMALISE
}
