package io.posthouse.edge.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds the end of content and takes out the dots that were stuffed in (RFC 5321 §4.5.2). Only
/// CRLF.CRLF ends it; the CRLF that DATA itself ended with counts as the first.
///
/// All octets but the end and the stuffed dots come out as they came in, NUL and 8-bit ones
/// included, and lines of any length; but see [BareNewline].
final class ContentDecoder {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final VarHandle EIGHT_OCTETS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ALL_ONE = 0x0101010101010101L;
  private static final long ALL_TOP_BITS = 0x8080808080808080L;
  private static final long ALL_CR = ALL_ONE * '\r';
  private static final long ALL_LF = ALL_ONE * '\n';

  /// What the next octet follows.
  private enum After {
    /// A CRLF, or nothing yet: a dot here is stuffed, or the end.
    CRLF,
    /// A CRLF and a dot, which is held back.
    DOT,
    /// A CRLF, a dot and a CR, both held back.
    DOT_CR,
    /// A CR, which is held back.
    CR,
    /// Anything else.
    TEXT
  }

  private final BareNewline policy;
  private After after = After.CRLF;
  private boolean bare;

  ContentDecoder(BareNewline policy) {
    this.policy = policy;
  }

  /// Whether a CR or LF stood alone.
  boolean hasBareNewline() {
    return bare;
  }

  /// Decodes `array` from `from` to before `to`.
  ///
  /// @return the place behind the end of the content, or -1 if it is not among these octets
  int decode(byte[] array, int from, int to, ContentSink out) {
    // Octets from `kept` to before `at` are content that is not handed on yet.
    var kept = from;
    var at = from;
    while (at < to) {
      switch (after) {
        case TEXT, CRLF -> {
          if (after == After.CRLF && array[at] == '.') {
            handOn(array, kept, at, out);
            kept = ++at;
            after = After.DOT;
            continue;
          }
          at = endOfText(array, at, to);
          after = After.TEXT;
          if (at == to) continue;
          if (array[at] == '\r' && at + 1 < to && array[at + 1] == '\n') {
            // The common case: the line stays part of what is handed on in one piece.
            at += 2;
            after = After.CRLF;
          } else {
            handOn(array, kept, at, out);
            if (array[at] == '\r') after = After.CR;
            else mend(out);
            kept = ++at;
          }
        }
        case CR -> {
          if (array[at] == '\n') {
            out.take(CRLF, 0, 2);
            kept = ++at;
            after = After.CRLF;
          } else {
            mend(out);
          }
        }
        case DOT -> {
          // What follows a dot that was stuffed is looked at as text.
          after = array[at] == '\r' ? After.DOT_CR : After.TEXT;
          if (after == After.DOT_CR) kept = ++at;
        }
        case DOT_CR -> {
          if (array[at] == '\n') return at + 1;
          mend(out);
        }
      }
    }
    handOn(array, kept, to, out);
    return -1;
  }

  /// The place of the next CR or LF, or `to`. Most octets are neither, so eight are looked at
  /// together: this was a seventh of the edge's own work.
  static int endOfText(byte[] array, int from, int to) {
    var at = from;
    while (at + Long.BYTES <= to) {
      var eight = (long) EIGHT_OCTETS.get(array, at);
      if ((marks(eight ^ ALL_CR) | marks(eight ^ ALL_LF)) != 0) break;
      at += Long.BYTES;
    }
    while (at < to && array[at] != '\r' && array[at] != '\n') at++;
    return at;
  }

  /// Not 0 if one of the eight octets is 0.
  private static long marks(long eight) {
    return (eight - ALL_ONE) & ~eight & ALL_TOP_BITS;
  }

  private static void handOn(byte[] array, int from, int to, ContentSink out) {
    if (from < to) out.take(array, from, to);
  }

  /// Puts a CRLF in the place of a CR or LF that stood alone, if that is the policy. No line begins
  /// after it whose dot would be stuffed, or the end.
  private void mend(ContentSink out) {
    bare = true;
    after = After.TEXT;
    if (policy == BareNewline.NORMALISE) out.take(CRLF, 0, 2);
  }
}
