package io.posthouse.dkim;

import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// One field of a header, as it came.
///
/// @param name in lower case
/// @param octets all of it, its line ends included; the last may be missing
record HeaderField(String name, Octets octets) {
  /// The field in these lines; empty where they are none (RFC 5322 §2.2).
  static Optional<HeaderField> of(Octets lines) {
    var array = lines.sharedArray();
    for (int i = 0; i < array.length; i++) {
      if (array[i] == ':')
        return i == 0 ? Optional.empty() : Optional.of(new HeaderField(name(array, i), lines));
      // Blanks before the colon are obsolete, and legal (RFC 5322 §4.5).
      if (isBlank(array[i]) ? !blankUpToColon(array, i) : array[i] < '!' || array[i] > '~')
        return Optional.empty();
    }
    return Optional.empty();
  }

  /// What follows the colon, in one line: folds are undone (RFC 5322 §2.2.3), octets are
  /// characters.
  String value() {
    var text = new String(octets.sharedArray(), StandardCharsets.ISO_8859_1);
    return text.substring(text.indexOf(':') + 1).replace("\r\n", "").strip();
  }

  static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  private static String name(byte[] array, int colon) {
    return new String(array, 0, colon, StandardCharsets.ISO_8859_1)
        .stripTrailing()
        .toLowerCase(Locale.ROOT);
  }

  private static boolean blankUpToColon(byte[] array, int from) {
    int at = from;
    while (at < array.length && isBlank(array[at])) at++;
    return from > 0 && at < array.length && array[at] == ':';
  }
}
