package io.posthouse.storage.lmtp;

import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;

/// Content as DATA carries it: a CR or LF by itself would be no end of a line to one reader and one
/// to another (RFC 5321 §2.3.8), so each becomes CRLF. WildDuck keeps no other line ends anyway.
final class Lines {
  private Lines() {}

  /// The same octets where there is no bare CR or LF.
  static Octets of(Octets content) {
    var octets = content.sharedArray();
    return isBroken(octets) ? Octets.of(mended(octets)) : content;
  }

  private static boolean isBroken(byte[] octets) {
    byte last = 0;
    for (var octet : octets) {
      if ((octet == '\n') != (last == '\r')) return true;
      last = octet;
    }
    return last == '\r';
  }

  private static byte[] mended(byte[] octets) {
    var mended = new ByteArrayOutputStream(octets.length + octets.length / 32);
    byte last = 0;
    for (var octet : octets) {
      if (last == '\r' && octet != '\n') mended.write('\n');
      if (octet == '\n' && last != '\r') mended.write('\r');
      mended.write(octet);
      last = octet;
    }
    if (last == '\r') mended.write('\n');
    return mended.toByteArray();
  }
}
