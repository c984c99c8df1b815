package io.posthouse.dkim;

/// Makes a body canonical while it passes, in whatever pieces (RFC 6376 §3.4.3, §3.4.4). Holds a
/// buffer, and of what is not decided yet only how much there is.
///
/// A line ends with CRLF. A CR or LF alone is an octet like any other, as in binary content (RFC
/// 3030).
final class CanonicalBody {
  private static final int BUFFER = 4096;

  private final boolean relaxed;
  private final Output output;
  private final byte[] buffer = new byte[BUFFER];
  private int length;
  // Line ends that are dropped if nothing follows; the end of the last line with text is among
  // them.
  private long lineEnds;
  private boolean blank;
  private boolean carriageReturn;
  private boolean empty = true;

  /// Where the canonical octets go.
  @FunctionalInterface
  interface Output {
    void write(byte[] array, int offset, int length);
  }

  CanonicalBody(Canonicalization canonicalization, Output output) {
    this.relaxed = canonicalization == Canonicalization.RELAXED;
    this.output = output;
  }

  /// The next octets.
  void take(byte[] array, int from, int to) {
    for (int at = from; at < to; at++) take(array[at]);
  }

  /// All has come. What does not end with a line end is given one.
  void end() {
    if (carriageReturn) {
      carriageReturn = false;
      keep((byte) '\r');
    }
    // An empty body is one line end where nothing is relaxed, and nothing where it is.
    if (!empty || !relaxed) putLineEnd();
    drain();
  }

  private void take(byte octet) {
    if (carriageReturn) {
      carriageReturn = false;
      if (octet == '\n') {
        // Blanks at the end of a line count for nothing.
        blank = false;
        lineEnds++;
        return;
      }
      keep((byte) '\r');
    }
    if (octet == '\r') carriageReturn = true;
    else if (relaxed && HeaderField.isBlank(octet)) blank = true;
    else keep(octet);
  }

  private void keep(byte octet) {
    for (; lineEnds > 0; lineEnds--) putLineEnd();
    if (blank) put((byte) ' ');
    blank = false;
    empty = false;
    put(octet);
  }

  private void putLineEnd() {
    put((byte) '\r');
    put((byte) '\n');
  }

  private void put(byte octet) {
    if (length == buffer.length) drain();
    buffer[length++] = octet;
  }

  private void drain() {
    output.write(buffer, 0, length);
    length = 0;
  }
}
