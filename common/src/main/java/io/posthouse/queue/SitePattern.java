package io.posthouse.queue;

import io.posthouse.address.Domain;
import io.posthouse.message.SiteName;
import java.util.Locale;
import java.util.Optional;

/// Which sites an operator means: by a host of theirs, by what its hosts' names end with, or by the
/// name itself as a summary prints it.
public sealed interface SitePattern {
  /// Sites that have this host among theirs.
  record Host(Domain name) implements SitePattern {}

  /// Sites that have a host below this domain.
  record Below(Domain domain) implements SitePattern {}

  /// One site.
  record Named(String name) implements SitePattern {}

  /// Reads `mx1.example.net`, `*.example.net` or `mx1.example.net:25,mx2.example.net:25`; empty
  /// where the text is none of them.
  static Optional<SitePattern> parse(String text) {
    if (text.startsWith("*.")) return Domain.parse(text.substring(2)).map(Below::new);
    return Domain.parse(text)
        .<SitePattern>map(Host::new)
        .or(() -> isName(text) ? Optional.of(new Named(text)) : Optional.empty());
  }

  /// Whether it means this site.
  default boolean matches(SiteName site) {
    return switch (this) {
      case Host(var name) -> site.hosts().contains(name.name());
      case Below(var domain) ->
          site.hosts().stream().anyMatch(host -> host.endsWith("." + domain.name()));
      case Named(var name) -> site.text().equalsIgnoreCase(name);
    };
  }

  /// What [#parse] takes back.
  default String text() {
    return switch (this) {
      case Host(var name) -> name.name();
      case Below(var domain) -> "*." + domain;
      case Named(var name) -> name;
    };
  }

  /// Only hosts with their ports, or a domain and for whom it is counted apart, have more to their
  /// name than a domain has.
  private static boolean isName(String text) {
    return text.length() <= SiteName.LONGEST
        && (text.contains(":") || text.toLowerCase(Locale.ROOT).contains(SiteName.APART));
  }
}
