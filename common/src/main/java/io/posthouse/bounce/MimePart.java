package io.posthouse.bounce;

import static io.posthouse.bounce.Lines.CRLF;

/// A part of a DSN.
///
/// @param type its Content-Type
/// @param text lines, each ended by CRLF
record MimePart(String type, String text) {
  /// With its header, in the encoding that the way asks for.
  String written(boolean eightBit) {
    var header = Lines.ASCII.field("Content-Type", type);
    if (isAscii()) return header + CRLF + text;
    var encoding = eightBit ? "8bit" : "quoted-printable";
    return header
        + Lines.ASCII.field("Content-Transfer-Encoding", encoding)
        + CRLF
        + (eightBit ? text : QuotedPrintable.encode(text));
  }

  boolean isAscii() {
    return text.chars().allMatch(c -> c < 128);
  }
}
