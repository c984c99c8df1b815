package io.posthouse.message;

import java.io.IOException;
import java.io.InputStream;

/// What content holds in truth, whatever its sender declared: asked where a host, or a DSN, cannot
/// carry all there may be.
///
/// @param eightBit whether any octet is above 127
/// @param eightBitHeader whether one of them is in the header section, or in that of a part
/// @param lines whether it is lines as RFC 5321 knows them: no bare CR or LF, no NUL, at most
///   [#LONGEST_LINE] octets each
/// @param open whether the last line has no end
public record ContentTraits(boolean eightBit, boolean eightBitHeader, boolean lines, boolean open) {
  /// Octets of a line without its CRLF (RFC 5321 §4.5.3.1.6).
  public static final int LONGEST_LINE = 998;

  /// What any host takes.
  public static final ContentTraits PLAIN = new ContentTraits(false, false, true, false);

  /// Reads `content` to its end, and keeps nothing of it.
  public static ContentTraits of(InputStream content) throws IOException {
    var scan = new Scan();
    var buffer = new byte[16 * 1024];
    for (int read; (read = content.read(buffer)) >= 0; ) {
      for (int i = 0; i < read; i++) scan.take(buffer[i]);
    }
    return scan.traits();
  }

  /// Whether DATA carries it exactly (RFC 3030 §3: the rest needs BINARYMIME).
  public boolean isText() {
    return lines && !open;
  }

  private static final class Scan {
    private boolean eightBit;
    private boolean eightBitHeader;
    private boolean broken;
    private boolean header = true;
    private long length;
    private int dashes;
    private byte last = '\n';

    void take(byte octet) {
      if ((octet == '\n') != (last == '\r') || octet == 0) broken = true;
      last = octet;
      if (octet == '\n') endLine();
      else if (octet != '\r') lengthen(octet);
    }

    ContentTraits traits() {
      return new ContentTraits(eightBit, eightBitHeader, !broken, last != '\n');
    }

    private void lengthen(byte octet) {
      if (octet == '-' && dashes == length) dashes++;
      length++;
      // What looks like a boundary is taken for one: another header section may follow it.
      if (length == 3 && dashes >= 2 && octet != ' ') header = true;
      if (length > LONGEST_LINE) broken = true;
      if (octet >= 0) return;
      eightBit = true;
      eightBitHeader |= header;
    }

    private void endLine() {
      if (length == 0) header = false;
      length = 0;
      dashes = 0;
    }
  }
}
