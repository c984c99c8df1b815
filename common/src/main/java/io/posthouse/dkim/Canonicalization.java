package io.posthouse.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Which changes on its way a signature outlives (RFC 6376 §3.4).
public enum Canonicalization {
  /// None (§3.4.1, §3.4.3).
  SIMPLE {
    @Override
    void write(HeaderField field, ByteArrayOutputStream to) {
      var octets = field.octets().sharedArray();
      to.writeBytes(octets);
      // Where the message ends without a line end, it gets one on its way.
      if (octets.length == 0 || octets[octets.length - 1] != '\n') to.writeBytes(CRLF);
    }
  },
  /// Fields folded anew, other blanks, other cases of field names (§3.4.2, §3.4.4).
  RELAXED {
    @Override
    void write(HeaderField field, ByteArrayOutputStream to) {
      to.writeBytes(field.name().getBytes(StandardCharsets.US_ASCII));
      to.write(':');
      writeValue(field.octets().sharedArray(), to);
      to.writeBytes(CRLF);
    }
  };

  private static final byte[] CRLF = {'\r', '\n'};

  /// Writes a field as it is hashed, with a line end.
  abstract void write(HeaderField field, ByteArrayOutputStream to);

  /// As in `c=`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void writeValue(byte[] field, ByteArrayOutputStream to) {
    int at = 0;
    while (field[at] != ':') at++;
    var begun = false;
    var blank = false;
    for (at++; at < field.length; at++) {
      if (isLineEnd(field, at)) at++;
      else if (HeaderField.isBlank(field[at])) blank = true;
      else {
        if (blank && begun) to.write(' ');
        to.write(field[at]);
        blank = false;
        begun = true;
      }
    }
  }

  private static boolean isLineEnd(byte[] field, int at) {
    return field[at] == '\r' && at + 1 < field.length && field[at + 1] == '\n';
  }
}
