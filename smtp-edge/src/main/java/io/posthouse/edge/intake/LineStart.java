package io.posthouse.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first octets of a line that comes in pieces and may be long.
final class LineStart {
  private final int most;
  private byte[] octets = new byte[128];
  private int length;

  /// @param most octets that are kept; what follows is passed over
  LineStart(int most) {
    this.most = most;
  }

  void add(byte[] array, int from, int to) {
    var part = Math.min(to - from, most - length);
    if (part <= 0) return;
    if (length + part > octets.length)
      octets = Arrays.copyOf(octets, Math.min(most, Math.max(2 * octets.length, length + part)));
    System.arraycopy(array, from, octets, length, part);
    length += part;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void clear() {
    length = 0;
  }

  /// Without what is blank at its end.
  String text() {
    return new String(octets, 0, length, StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
