package io.posthouse.ops.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Messages of one size that differ only in their `Message-ID`, dot-stuffed and ended, ready for
/// the wire.
///
/// @param octets of the message before its final dot
record SampleMail(String run, int octets) {
  private static final String FINAL_DOT = ".\r\n";
  private static final byte[] MARK = "Message-ID: <".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 8;
  // Up to here a copy costs less than a segment more.
  private static final int ONE_WRITE = 64 * 1024;
  private static final String LINE =
      "The quick brown fox jumps over the lazy dog, and over the next one too.\r\n";

  /// Message number `n` of the run as it follows DATA.
  byte[] numbered(int n) {
    var text = new StringBuilder(octets + LINE.length());
    text.append("From: bench <bench@example.test>\r\nTo: bench <bench@example.test>\r\n")
        .append("Subject: bench ")
        .append(run)
        .append("\r\n")
        .append(String.format("Message-ID: <%08d.%s@bench.example.test>\r\n", n, run))
        .append("Date: Thu, 1 Jan 2026 00:00:00 +0000\r\n\r\n");
    while (text.length() + LINE.length() <= octets) text.append(LINE);
    return (text + FINAL_DOT).getBytes(StandardCharsets.US_ASCII);
  }

  /// Message number `n` as it is stored and queued: none of its lines begins with a dot, so the
  /// wire's final one is all there is to take away.
  byte[] content(int n) {
    var wire = numbered(n);
    return Arrays.copyOf(wire, wire.length - FINAL_DOT.length());
  }

  /// A maker of numbered messages that builds the text once and changes only the number.
  Stamp stamp() {
    var wire = numbered(0);
    var end = indexOf(wire, MARK) + MARK.length + DIGITS;
    return new Stamp(Arrays.copyOf(wire, end), Arrays.copyOfRange(wire, end, wire.length));
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i <= all.length - part.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) return i;
    }
    throw new IllegalArgumentException("sample mail: no Message-ID (expected: one)");
  }

  /// One message that is used again and again; not safe for several threads.
  static final class Stamp {
    private final byte[] toNumber;
    private final byte[] rest;

    private Stamp(byte[] toNumber, byte[] rest) {
      this.toNumber = toNumber;
      this.rest = rest;
    }

    /// Another one, for another thread, that shares what is the same in all messages: a hundred
    /// sessions with 50 MB each need not hold 5 GB.
    Stamp copy() {
      return new Stamp(toNumber.clone(), rest);
    }

    /// Writes message number `n` as it follows DATA.
    void write(int n, OutputStream to) throws IOException {
      for (int i = DIGITS - 1, left = n; i >= 0; i--, left /= 10)
        toNumber[toNumber.length - DIGITS + i] = (byte) ('0' + left % 10);
      if (rest.length > ONE_WRITE) {
        to.write(toNumber);
        to.write(rest);
      } else {
        to.write(whole());
      }
    }

    private byte[] whole() {
      var whole = Arrays.copyOf(toNumber, toNumber.length + rest.length);
      System.arraycopy(rest, 0, whole, toNumber.length, rest.length);
      return whole;
    }
  }
}
