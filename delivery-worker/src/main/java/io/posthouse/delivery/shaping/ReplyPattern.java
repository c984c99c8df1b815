package io.posthouse.delivery.shaping;

import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import java.util.Optional;
import java.util.regex.Pattern;

/// Some replies. All parts that are there must match; no part matches every refusal.
///
/// @param code as in `421`, `45x` or `4xx`
/// @param status as in `4.7.28` or `4.7.*`
/// @param text found anywhere in the text of the reply
record ReplyPattern(Optional<String> code, Optional<String> status, Optional<Pattern> text) {
  /// Characters of a reply that are looked at.
  private static final int LONGEST_TEXT = 1_000;

  private static final Pattern CODE = Pattern.compile("[45](\\d\\d|\\dx|xx)");
  private static final Pattern STATUS = Pattern.compile("[45]\\.\\d{1,3}\\.(\\d{1,3}|\\*)");

  /// Checks what is written as `code`.
  static String code(String text) {
    return valid(text, CODE);
  }

  /// Checks what is written as `status`.
  static String status(String text) {
    return valid(text, STATUS);
  }

  /// A regular expression, in any case.
  static Pattern text(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  boolean matches(Reply reply) {
    return code.stream().allMatch(pattern -> isCode(pattern, reply.code()))
        && status.stream().allMatch(pattern -> isStatus(pattern, reply.status()))
        && text.stream().allMatch(pattern -> isIn(reply, pattern));
  }

  private static boolean isCode(String pattern, int code) {
    return Integer.toString(code).startsWith(pattern.replace("x", ""));
  }

  private static boolean isStatus(String pattern, Optional<EnhancedStatus> status) {
    if (status.isEmpty()) return false;
    return pattern.endsWith("*")
        ? status.get().toString().startsWith(pattern.substring(0, pattern.length() - 1))
        : status.get().toString().equals(pattern);
  }

  private static boolean isIn(Reply reply, Pattern pattern) {
    var text = String.join(" ", reply.lines());
    var cut = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    try {
      return pattern.matcher(new CountedText(cut)).find();
    } catch (CountedText.Exhausted e) {
      // Whoever says such a thing to us does not decide how long we think about it.
      return false;
    }
  }

  private static String valid(String text, Pattern form) {
    if (!form.matcher(text).matches()) throw new IllegalArgumentException("pattern: " + text);
    return text;
  }
}
