package io.posthouse.delivery.conversation;

import io.posthouse.smtp.Reply;
import java.util.HashMap;
import java.util.Locale;
import java.util.OptionalLong;

/// What a host announced in its reply to EHLO (RFC 5321 §4.1.1.1).
///
/// @param largest octets of a message, where the host named a limit (RFC 1870)
public record Capabilities(
    boolean pipelining,
    boolean announcesSize,
    OptionalLong largest,
    boolean eightBitMime,
    boolean smtpUtf8) {
  /// A host that only knows HELO.
  static final Capabilities NONE =
      new Capabilities(false, false, OptionalLong.empty(), false, false);

  static Capabilities of(Reply ehlo) {
    var keywords = new HashMap<String, String>();
    // The first line greets; every other one announces.
    for (var line : ehlo.lines().subList(1, ehlo.lines().size())) {
      var words = line.strip().split("[ =]", 2);
      keywords.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : "");
    }
    return new Capabilities(
        keywords.containsKey("PIPELINING"),
        keywords.containsKey("SIZE"),
        limit(keywords.getOrDefault("SIZE", "")),
        keywords.containsKey("8BITMIME"),
        keywords.containsKey("SMTPUTF8"));
  }

  /// No number and zero both mean that none is named (RFC 1870 §4).
  private static OptionalLong limit(String octets) {
    if (!octets.matches("\\d{1,18}")) return OptionalLong.empty();
    var limit = Long.parseLong(octets);
    return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
