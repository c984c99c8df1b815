package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Extension.BINARYMIME;
import static io.posthouse.delivery.conversation.Extension.CHUNKING;

import io.posthouse.smtp.Reply;
import java.util.HashMap;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a host announced in its reply to EHLO (RFC 5321 §4.1.1.1).
///
/// @param extensions of those we know
/// @param largest octets of a message, where the host named a limit (RFC 1870)
record Capabilities(Set<Extension> extensions, OptionalLong largest) {
  /// A host that only knows HELO.
  static final Capabilities NONE = new Capabilities(Set.of(), OptionalLong.empty());

  Capabilities {
    extensions = Set.copyOf(extensions);
  }

  static Capabilities of(Reply ehlo) {
    var keywords = new HashMap<String, String>();
    // The first line greets; every other one announces.
    for (var line : ehlo.lines().subList(1, ehlo.lines().size())) {
      var words = line.strip().split("[ =]", 2);
      keywords.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : "");
    }
    return new Capabilities(
        Stream.of(Extension.values())
            .filter(extension -> keywords.containsKey(extension.keyword()))
            .collect(Collectors.toSet()),
        limit(keywords.getOrDefault("SIZE", "")));
  }

  boolean offers(Extension extension) {
    return extensions.contains(extension);
  }

  /// BINARYMIME without CHUNKING would be a promise without a way (RFC 3030 §3).
  boolean takesBinary() {
    return offers(BINARYMIME) && offers(CHUNKING);
  }

  /// No number and zero both mean that none is named (RFC 1870 §4).
  private static OptionalLong limit(String octets) {
    if (!octets.matches("\\d{1,18}")) return OptionalLong.empty();
    var limit = Long.parseLong(octets);
    return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
