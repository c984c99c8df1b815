package io.posthouse.delivery.pattern;

import io.posthouse.address.Domain;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is said of domains: of one, of those below one (`*.` and it), or of all (`*`). The most
/// specific pattern counts.
public final class DomainPatterns<T> {
  private static final String ALL = "*";

  private final Map<String, T> said;

  /// What is said by one pattern.
  ///
  /// @param pattern in lower case and in A-labels
  public record Match<T>(String pattern, T said) {}

  /// @throws IllegalArgumentException if a pattern is none of the three
  public DomainPatterns(Map<String, T> byPattern) {
    said = new LinkedHashMap<>();
    byPattern.forEach((pattern, what) -> said.put(canonical(pattern), what));
  }

  /// Whether `text` is one of the three.
  public static boolean isPattern(String text) {
    var name = text.startsWith("*.") ? text.substring(2) : text;
    return text.equals(ALL) || Domain.parse(name).isPresent();
  }

  /// What counts for a domain.
  public Optional<Match<T>> match(Domain domain) {
    return matchByName(domain).or(this::matchAll);
  }

  /// The same, but for what is said of all.
  public Optional<Match<T>> matchByName(Domain domain) {
    var name = domain.name();
    if (said.containsKey(name)) return match(name);
    for (var dot = domain.isLiteral() ? -1 : name.indexOf('.');
        dot >= 0;
        dot = name.indexOf('.', dot + 1)) {
      var pattern = ALL + name.substring(dot);
      if (said.containsKey(pattern)) return match(pattern);
    }
    return Optional.empty();
  }

  /// What is said of all.
  public Optional<Match<T>> matchAll() {
    return match(ALL);
  }

  private Optional<Match<T>> match(String pattern) {
    return Optional.ofNullable(said.get(pattern)).map(what -> new Match<>(pattern, what));
  }

  /// The one spelling of a pattern.
  ///
  /// @throws IllegalArgumentException if it is none of the three
  public static String canonical(String pattern) {
    return pattern.equals(ALL) ? pattern : canonicalName(pattern);
  }

  /// The one spelling of a domain, or of `*.` and one.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static String canonicalName(String pattern) {
    return pattern.startsWith("*.")
        ? "*." + new Domain(pattern.substring(2)).name()
        : new Domain(pattern).name();
  }
}
