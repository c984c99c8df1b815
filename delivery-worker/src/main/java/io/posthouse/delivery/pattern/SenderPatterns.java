package io.posthouse.delivery.pattern;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.pattern.DomainPatterns.Match;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is said of senders: of an address, of the null reverse-path (`<>`), or of domains as in
/// [DomainPatterns]. The most specific pattern counts; upper and lower case are the same, in local
/// parts too, for operators know their own users.
public final class SenderPatterns<T> {
  private static final String NULL_PATH = "<>";

  private final Map<String, T> addresses = new HashMap<>();
  private final DomainPatterns<T> domains;

  /// @throws IllegalArgumentException if a pattern is none of these
  public SenderPatterns(Map<String, T> byPattern) {
    var others = new HashMap<String, T>();
    byPattern.forEach((pattern, what) -> {
      if (pattern.equals(NULL_PATH)) addresses.put(NULL_PATH, what);
      else if (pattern.contains("@")) addresses.put(key(MailAddress.of(pattern)), what);
      else others.put(pattern, what);
    });
    this.domains = new DomainPatterns<>(others);
  }

  /// What counts for a sender. Of all (`*`) the null reverse-path is one, too.
  public Optional<Match<T>> match(ReversePath sender) {
    return switch (sender) {
      case ReversePath.Null() -> match(NULL_PATH).or(domains::matchAll);
      case ReversePath.Sender(var address) ->
          match(key(address)).or(() -> domains.match(address.domain()));
    };
  }

  private Optional<Match<T>> match(String key) {
    return Optional.ofNullable(addresses.get(key)).map(what -> new Match<>(key, what));
  }

  private static String key(MailAddress address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
