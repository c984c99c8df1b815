package io.posthouse.address;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Domains beyond ASCII as DNS knows them (RFC 5891, with the mapping of UTS #46,
/// non-transitional).
///
/// The JDK's own conversion is that of 2003, which takes `faß.example` for `fass.example`: another
/// domain, and perhaps somebody else's.
final class ALabels {
  private static final String PREFIX = "xn--";
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private ALabels() {}

  /// The name in A-labels; what is ASCII already stays as it is.
  ///
  /// @param name of up to 255 characters
  /// @throws IllegalArgumentException if a label has a character that no domain has
  static String of(String name) {
    return Arrays.stream(mapped(name).split("\\.", -1))
        .map(ALabels::label)
        .collect(Collectors.joining("."));
  }

  /// What looks or means the same becomes the same.
  private static String mapped(String name) {
    var mapped = new StringBuilder();
    Normalizer.normalize(name, Form.NFKC)
        .codePoints()
        .filter(point -> !isIgnored(point))
        // One by one: no rule for ends of words, as for the Greek sigma.
        .map(point -> isFullStop(point) ? '.' : Character.toLowerCase(point))
        .forEach(mapped::appendCodePoint);
    return Normalizer.normalize(mapped, Form.NFKC);
  }

  private static String label(String label) {
    if (label.chars().allMatch(c -> c < 128)) return label;
    var isFine =
        !isMark(label.codePointAt(0)) && label.codePoints().allMatch(ALabels::mayBeInDomain);
    if (!isFine)
      throw new IllegalArgumentException(
          "domain label: " + label + " (expected: letters, digits, hyphens)");
    return PREFIX + Punycode.encode(label);
  }

  private static boolean isFullStop(int point) {
    return point == '。';
  }

  /// Hyphenation marks, variants of what comes before.
  private static boolean isIgnored(int point) {
    return switch (point) {
      case 0xAD, 0x34F, 0x180B, 0x180C, 0x180D, 0x180F, 0x200B, 0x2060, 0x2064, 0xFEFF -> true;
      default -> (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    };
  }

  private static boolean mayBeInDomain(int point) {
    if (point < 128) return point == '-' || point == '_' || Character.isLetterOrDigit(point);
    return switch (Character.getType(point)) {
      case Character.UNASSIGNED,
          Character.CONTROL,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
