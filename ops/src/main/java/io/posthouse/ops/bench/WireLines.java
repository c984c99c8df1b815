package io.posthouse.ops.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// What an SMTP client says, read in blocks.
final class WireLines {
  private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};

  private final InputStream in;
  private final byte[] block = new byte[64 * 1024];
  private int next;
  private int end;

  WireLines(InputStream in) {
    this.in = in;
  }

  /// The verb of the next command line in upper case; empty at the end of the stream.
  String verb() throws IOException {
    var line = new StringBuilder();
    for (int c = read(); c != '\n'; c = read()) {
      if (c < 0) return "";
      line.append((char) c);
    }
    return line.toString().strip().split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
  }

  /// Whether more has been heard already.
  boolean hasMore() {
    return next < end;
  }

  /// Reads to the line with a single dot (RFC 5321 §4.1.1.4).
  void skipContent() throws IOException {
    // The content begins where a line begins.
    for (int matched = 2; matched < END.length; ) {
      var c = read();
      if (c < 0) throw new EOFException("the client left in the middle of its content");
      if (c == END[matched]) matched++;
      // No proper prefix of the end but CR begins again within it.
      else matched = c == '\r' ? 1 : 0;
    }
  }

  private int read() throws IOException {
    if (next == end && !fill()) return -1;
    return block[next++] & 0xff;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(block));
    return end > 0;
  }
}
