package io.posthouse.bounce;

import io.posthouse.message.Octets;
import java.io.IOException;
import java.io.InputStream;

/// The header section of a message, up to its empty line.
public final class HeaderSection {
  /// More of it is not returned: a DSN is a notice, not a copy.
  private static final int LONGEST = 64 * 1024;

  private HeaderSection() {}

  /// Reads no further than it must. Ends after a whole line.
  public static Octets of(InputStream message) throws IOException {
    var start = message.readNBytes(LONGEST);
    var end = 0;
    for (int i = 0; i < start.length; i++) {
      if (start[i] != '\n') continue;
      if (isEmptyLine(start, end, i)) break;
      end = i + 1;
    }
    return Octets.of(start, 0, end);
  }

  private static boolean isEmptyLine(byte[] octets, int from, int lineFeed) {
    return lineFeed == from || (lineFeed == from + 1 && octets[from] == '\r');
  }
}
