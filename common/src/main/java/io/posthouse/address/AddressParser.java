package io.posthouse.address;

import java.util.Optional;

/// The grammar of `Mailbox` (RFC 5321 §4.1.2), with UTF-8 beyond ASCII (RFC 6531 §3.3).
final class AddressParser {
  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  private AddressParser() {}

  static Optional<MailAddress> parse(String text) {
    var at = text.startsWith("\"") ? endOfQuoted(text) : text.lastIndexOf('@');
    if (at < 1 || at >= text.length() - 1 || text.charAt(at) != '@') return Optional.empty();
    return localPart(text.substring(0, at))
        .flatMap(local -> address(local, text.substring(at + 1)));
  }

  /// Whether `text` may stand unquoted before the `@`: atoms joined by single dots.
  static boolean isDotString(String text) {
    if (text.startsWith(".") || text.endsWith(".") || text.contains("..")) return false;
    return text.chars().allMatch(c -> c == '.' || isAtext(c));
  }

  private static Optional<MailAddress> address(String local, String domain) {
    try {
      var parsed = new Domain(domain);
      if (parsed.isLiteral() && parsed.literalAddress().isEmpty()) return Optional.empty();
      return Optional.of(new MailAddress(local, parsed));
    } catch (IllegalArgumentException outOfRange) {
      return Optional.empty();
    }
  }

  private static Optional<String> localPart(String text) {
    if (text.startsWith("\"")) return unquoted(text);
    return isDotString(text) ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> unquoted(String quoted) {
    var plain = new StringBuilder();
    for (int i = 1; i < quoted.length() - 1; i++) {
      var c = quoted.charAt(i);
      var escaped = c == '\\';
      if (escaped) c = quoted.charAt(++i);
      // What is beyond ASCII may be quoted (RFC 6531 §3.3), but not escaped.
      if (c < ' ' || c == 127 || (escaped && c > 127)) return Optional.empty();
      plain.append(c);
    }
    return plain.isEmpty() ? Optional.empty() : Optional.of(plain.toString());
  }

  /// The place after the closing quote, or -1.
  private static int endOfQuoted(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') i++;
      else if (text.charAt(i) == '"') return i + 1 < text.length() ? i + 1 : -1;
    }
    return -1;
  }

  private static boolean isAtext(int c) {
    return isLetterOrDigit(c) || c >= 128 || ATEXT_SPECIALS.indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
