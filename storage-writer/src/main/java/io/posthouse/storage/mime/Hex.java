package io.posthouse.storage.mime;

/// Two hexadecimal digits, as both kinds of encoded text use them.
final class Hex {
  private Hex() {}

  /// The octet written at `at`; -1 where there is none.
  static int octet(String text, int at) {
    if (at + 1 >= text.length()) return -1;
    var high = Character.digit(text.charAt(at), 16);
    var low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }
}
