package io.posthouse.edge.wire;

/// Takes content as it is decoded.
@FunctionalInterface
interface ContentSink {
  /// The octets of `array` from `from` to before `to`; the array is used again.
  void take(byte[] array, int from, int to);
}
