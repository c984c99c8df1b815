package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Extension.BINARYMIME;
import static io.posthouse.delivery.conversation.Extension.CHUNKING;

import io.posthouse.smtp.Reply;
import io.posthouse.smtp.SaslMechanism;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a host announced in its reply to EHLO (RFC 5321 §4.1.1.1).
///
/// @param extensions of those we know
/// @param largest octets of a message, where the host named a limit (RFC 1870)
/// @param logins ways to log in that we know by name (RFC 4954 §3)
/// @param mostMessages over one connection, where the host named a limit (RFC 9422 §4)
/// @param mostRecipients of one transaction, likewise
record Capabilities(
    Set<Extension> extensions,
    OptionalLong largest,
    Set<SaslMechanism> logins,
    OptionalInt mostMessages,
    OptionalInt mostRecipients) {
  /// A host that only knows HELO.
  static final Capabilities NONE = new Capabilities(Set.of(), OptionalLong.empty());

  private static final Pattern LIMIT = Pattern.compile("([A-Z]+)=([1-9]\\d{0,5})");

  Capabilities {
    extensions = Set.copyOf(extensions);
    logins = Set.copyOf(logins);
  }

  /// A host that names no limits but a size, and wants nobody to log in.
  Capabilities(Set<Extension> extensions, OptionalLong largest) {
    this(extensions, largest, Set.of(), OptionalInt.empty(), OptionalInt.empty());
  }

  static Capabilities of(Reply ehlo) {
    var keywords = new HashMap<String, String>();
    // The first line greets; every other one announces.
    for (var line : ehlo.lines().subList(1, ehlo.lines().size())) {
      var words = line.strip().split("[ =]", 2);
      // AUTH=LOGIN beside AUTH PLAIN is common.
      keywords.merge(
          words[0].toUpperCase(Locale.ROOT),
          words.length > 1 ? words[1].strip() : "",
          (one, other) -> one + " " + other);
    }
    var limits = limits(keywords.getOrDefault("LIMITS", ""));
    return new Capabilities(
        Stream.of(Extension.values())
            .filter(extension -> keywords.containsKey(extension.keyword()))
            .collect(Collectors.toSet()),
        size(keywords.getOrDefault("SIZE", "")),
        logins(keywords.getOrDefault("AUTH", "")),
        limit(limits, "MAILMAX"),
        limit(limits, "RCPTMAX"));
  }

  boolean offers(Extension extension) {
    return extensions.contains(extension);
  }

  /// BINARYMIME without CHUNKING would be a promise without a way (RFC 3030 §3).
  boolean takesBinary() {
    return offers(BINARYMIME) && offers(CHUNKING);
  }

  /// No number and zero both mean that none is named (RFC 1870 §4).
  private static OptionalLong size(String octets) {
    if (!octets.matches("\\d{1,18}")) return OptionalLong.empty();
    var limit = Long.parseLong(octets);
    return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  private static Set<SaslMechanism> logins(String names) {
    return Stream.of(names.split(" +"))
        .map(SaslMechanism::named)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static Map<String, Integer> limits(String named) {
    var limits = new HashMap<String, Integer>();
    for (var word : named.toUpperCase(Locale.ROOT).split(" +")) {
      var limit = LIMIT.matcher(word);
      if (limit.matches()) limits.put(limit.group(1), Integer.valueOf(limit.group(2)));
    }
    return limits;
  }

  private static OptionalInt limit(Map<String, Integer> limits, String name) {
    return limits.containsKey(name) ? OptionalInt.of(limits.get(name)) : OptionalInt.empty();
  }
}
