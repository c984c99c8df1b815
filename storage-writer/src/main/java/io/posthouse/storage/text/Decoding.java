package io.posthouse.storage.text;

import io.posthouse.message.Octets;
import io.posthouse.storage.mime.Charsets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// Octets of a text part as characters, by the name of its charset (RFC 2046 §4.1.2).
final class Decoding {
  /// What WildDuck takes for text that does not say what it is.
  private static final Charset UNSAID = Charset.forName("windows-1257");

  private static final Set<String> UTF_7 =
      Set.of("utf-7", "utf7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7", "csunicode11utf7");

  private static final char REPLACEMENT = '\uFFFD';

  private Decoding() {}

  /// @param charset as the part names it; empty where it does not
  static String text(Octets octets, String charset) {
    if (charset.isBlank()) return unsaid(octets);
    if (UTF_7.contains(charset.strip().toLowerCase(Locale.ROOT)))
      return Utf7.decode(octets.text(StandardCharsets.ISO_8859_1));
    var known = Charsets.named(charset).orElse(StandardCharsets.UTF_8);
    // Who says ASCII and sends more sends UTF-8, as far as it is any of it.
    return octets.text(known.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : known);
  }

  /// Text in other charsets is hardly ever valid UTF-8 by chance.
  private static String unsaid(Octets octets) {
    var text = octets.text(StandardCharsets.UTF_8);
    // The last character may be cut.
    var broken = text.indexOf(REPLACEMENT);
    return broken >= 0 && broken < text.length() - 1 ? octets.text(UNSAID) : text;
  }
}
