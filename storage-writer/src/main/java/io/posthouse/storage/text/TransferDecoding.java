package io.posthouse.storage.text;

import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Octets as they were before they were written for the way (RFC 2045 §6). What breaks the rules of
/// an encoding is left out, or left as it is; nothing is an error.
final class TransferDecoding {
  private static final byte NONE = -1;
  private static final byte[] SIXBITS = sixBits();

  private TransferDecoding() {}

  /// The first `most` octets of what was written.
  ///
  /// @param encoding in lower case; an unknown one encodes nothing
  static Octets decode(Octets written, String encoding, int most) {
    return switch (encoding) {
      case "base64" -> base64(written.buffer(), most);
      case "quoted-printable" -> quotedPrintable(written.buffer(), most);
      default -> written.first(most);
    };
  }

  private static byte[] sixBits() {
    var table = new byte[256];
    Arrays.fill(table, NONE);
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) table[alphabet.charAt(i)] = (byte) i;
    return table;
  }

  /// Padding ends a run, not the text: some join what was encoded in pieces.
  private static Octets base64(ByteBuffer written, int most) {
    var decoded = new byte[(int) Math.min(most, written.remaining() * 3L / 4 + 3)];
    int length = 0;
    int bits = 0;
    int held = 0;
    while (written.hasRemaining() && length < decoded.length) {
      var octet = written.get() & 0xff;
      if (octet == '=') held = 0;
      if (SIXBITS[octet] == NONE) continue;
      bits = (bits << 6) | SIXBITS[octet];
      held += 6;
      if (held < 8) continue;
      held -= 8;
      decoded[length++] = (byte) (bits >> held);
    }
    return Octets.of(decoded, 0, length);
  }

  private static Octets quotedPrintable(ByteBuffer written, int most) {
    var decoded = new ByteArrayOutputStream(Math.min(most, written.remaining()));
    for (int i = 0; i < written.limit() && decoded.size() < most; i++) {
      var octet = written.get(i);
      var hex = octet == '=' ? hex(written, i + 1) : -1;
      var next = octet == '=' ? afterSoftBreak(written, i + 1) : -1;
      if (hex >= 0) i += 2;
      if (next >= 0) i = next - 1;
      else decoded.write(hex >= 0 ? hex : octet);
    }
    return Octets.of(decoded.toByteArray());
  }

  private static int hex(ByteBuffer written, int at) {
    if (at + 1 >= written.limit()) return -1;
    var high = Character.digit(written.get(at), 16);
    var low = Character.digit(written.get(at + 1), 16);
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }

  /// Where the line goes on that is only broken for the way; -1 where it is not.
  private static int afterSoftBreak(ByteBuffer written, int at) {
    var i = at;
    while (i < written.limit() && isBlank(written.get(i))) i++;
    if (i == written.limit()) return i;
    return written.get(i) == '\n' ? i + 1 : -1;
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r';
  }
}
