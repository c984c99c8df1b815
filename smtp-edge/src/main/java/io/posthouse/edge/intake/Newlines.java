package io.posthouse.edge.intake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds line ends, eight octets at a time: all content goes through here.
final class Newlines {
  private static final VarHandle EIGHT_OCTETS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ALL_ONE = 0x0101010101010101L;
  private static final long ALL_TOP_BITS = 0x8080808080808080L;
  private static final long ALL_LF = ALL_ONE * '\n';

  private Newlines() {}

  /// The place of the first LF from `from` on, or `to`.
  static int next(byte[] array, int from, int to) {
    var at = from;
    while (at + Long.BYTES <= to) {
      var eight = (long) EIGHT_OCTETS.get(array, at) ^ ALL_LF;
      var found = (eight - ALL_ONE) & ~eight & ALL_TOP_BITS;
      if (found != 0) return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      at += Long.BYTES;
    }
    while (at < to && array[at] != '\n') at++;
    return at;
  }
}
