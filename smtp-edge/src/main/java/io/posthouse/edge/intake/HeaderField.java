package io.posthouse.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// What is written in one field of a header.
///
/// @param name in lower case
/// @param value in one line (RFC 5322 §2.2.3), as far as it was kept
record HeaderField(String name, String value) {
  private static final int LONGEST_MESSAGE_ID = 250;

  /// Whether a line is the first of a field (RFC 5322 §2.2): a name of visible octets, and a colon.
  static boolean begins(String line) {
    for (int i = 0; i < line.length(); i++) {
      var octet = line.charAt(i);
      if (octet == ':') return i > 0;
      if (octet <= ' ' || octet > '~') return line.substring(i).stripLeading().startsWith(":");
    }
    return false;
  }

  /// Reads a field whose lines are put together; nothing if it is none.
  static Optional<HeaderField> of(String text) {
    var colon = text.indexOf(':');
    if (colon <= 0) return Optional.empty();
    var name = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    var value = text.substring(colon + 1).replace('\t', ' ').strip();
    return Optional.of(new HeaderField(name, value));
  }

  /// A Message-ID, for events.
  Optional<String> messageId() {
    var shortened = value.substring(0, Math.min(value.length(), LONGEST_MESSAGE_ID));
    var octets = shortened.getBytes(StandardCharsets.ISO_8859_1);
    return Optional.of(new String(octets, StandardCharsets.UTF_8)).filter(id -> !id.isEmpty());
  }

  /// Whether this Received field was written by `hostname` (RFC 5321 §4.4).
  boolean isBy(String hostname) {
    var words = value.toLowerCase(Locale.ROOT).split(" +");
    for (int i = 0; i + 1 < words.length; i++)
      if (words[i].equals("by")) return words[i + 1].equals(hostname.toLowerCase(Locale.ROOT));
    return false;
  }

  /// The boundary of a multipart Content-Type (RFC 2046 §5.1.1).
  Optional<String> boundary() {
    var lower = value.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("multipart/")) return Optional.empty();
    for (int at = lower.indexOf("boundary"); at >= 0; at = lower.indexOf("boundary", at + 1)) {
      var rest = value.substring(at + "boundary".length()).stripLeading();
      if (rest.startsWith("=")) return Optional.of(parameter(rest.substring(1).stripLeading()));
    }
    return Optional.empty();
  }

  /// Whether the body is a message, which begins with a header of its own.
  boolean isMessage() {
    var lower = value.toLowerCase(Locale.ROOT);
    return lower.startsWith("message/rfc822") || lower.startsWith("message/global");
  }

  private static String parameter(String text) {
    if (!text.startsWith("\"")) return text.split("[;\\s(]", 2)[0];
    var unquoted = new StringBuilder();
    for (int i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) i++;
      unquoted.append(text.charAt(i));
    }
    return unquoted.toString().stripTrailing();
  }
}
