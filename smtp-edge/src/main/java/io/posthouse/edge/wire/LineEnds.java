package io.posthouse.edge.wire;

/// Looks at text for a CR or LF that is not part of a CRLF; see [BareNewline]. All else goes
/// through as it is.
final class LineEnds {
  private static final byte[] CRLF = {'\r', '\n'};

  private final BareNewline policy;
  // The last octet was a CR, which is held back.
  private boolean afterCr;
  private boolean bare;

  LineEnds(BareNewline policy) {
    this.policy = policy;
  }

  /// Whether a CR or LF stood alone.
  boolean hasBareNewline() {
    return bare;
  }

  /// The octets of `array` from `from` to before `to`.
  void take(byte[] array, int from, int to, ContentSink out) {
    if (from == to) return;
    var at = afterCr ? closeLine(array, from, out) : from;
    // Octets from `kept` to before `at` are not handed on yet.
    var kept = at;
    for (at = ContentDecoder.endOfText(array, at, to);
        at < to;
        at = ContentDecoder.endOfText(array, at, to)) {
      if (array[at] == '\r' && at + 1 < to && array[at + 1] == '\n') {
        at += 2;
        continue;
      }
      handOn(array, kept, at, out);
      if (array[at] == '\r' && at + 1 == to) afterCr = true;
      else mend(out);
      kept = ++at;
    }
    handOn(array, kept, to, out);
  }

  /// Nothing more comes.
  void end(ContentSink out) {
    if (afterCr) mend(out);
    afterCr = false;
  }

  /// A CR was the last of the octets before these.
  private int closeLine(byte[] array, int from, ContentSink out) {
    afterCr = false;
    if (array[from] != '\n') {
      mend(out);
      return from;
    }
    out.take(CRLF, 0, 2);
    return from + 1;
  }

  private static void handOn(byte[] array, int from, int to, ContentSink out) {
    if (from < to) out.take(array, from, to);
  }

  private void mend(ContentSink out) {
    bare = true;
    if (policy == BareNewline.NORMALISE) out.take(CRLF, 0, 2);
  }
}
