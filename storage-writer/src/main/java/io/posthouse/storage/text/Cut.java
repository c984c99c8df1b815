package io.posthouse.storage.text;

/// Text cut to a length, never within a character.
final class Cut {
  private Cut() {}

  /// Its first `most` UTF-16 units, or one less.
  static String after(String text, int most) {
    if (text.length() <= most) return text;
    if (most <= 0) return "";
    var end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
