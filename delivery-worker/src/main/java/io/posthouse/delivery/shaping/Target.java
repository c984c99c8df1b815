package io.posthouse.delivery.shaping;

import io.posthouse.address.Domain;
import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whom a rule is for. Pure.
///
/// @param patterns one or more; it is for whoever one of them matches
record Target(Kind kind, List<HostPattern> patterns) {
  /// What the patterns are compared with; the later, the more specific.
  enum Kind {
    /// Any host on the route.
    MX,
    /// Every host on the route.
    SITE,
    /// The recipient's domain.
    DOMAIN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Form<HostPattern> PATTERN = Form.of("a name, *.NAME or *", HostPattern::new);

  /// Lets reading go on to the next problem.
  private static final Target STAND_IN = new Target(Kind.MX, List.of(new HostPattern("*")));

  Target {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty())
      throw new IllegalArgumentException(kind + " patterns: none (expected: at least one)");
  }

  /// Reads `domain`, `site` or `mx`, of which one must be there.
  static Target read(Settings in) {
    return optional(in)
        .orElseGet(() -> {
          in.problem("mx", "missing (expected: domain, site or mx)");
          return STAND_IN;
        });
  }

  /// Reads `domain`, `site` or `mx`, of which one may be there.
  static Optional<Target> optional(Settings in) {
    var found =
        Stream.of(
                read(in, Kind.DOMAIN, "of the recipient; these are counted apart from their site"),
                read(in, Kind.SITE, "of which each must match: all hosts of the route"),
                read(in, Kind.MX, "of which one must match: the hosts of the route"))
            .flatMap(Optional::stream)
            .toList();
    if (found.size() > 1)
      in.problem(found.getLast().kind().toString(), "one too many (expected: domain, site or mx)");
    return found.stream().findFirst();
  }

  /// How closely it fits, empty where it does not.
  OptionalInt fit(Domain domain, List<Domain> hosts) {
    return switch (kind) {
      case DOMAIN -> fit(domain);
      case SITE ->
          hosts.stream().allMatch(host -> fit(host).isPresent())
              ? hosts.stream().mapToInt(host -> fit(host).orElseThrow()).min()
              : OptionalInt.empty();
      case MX -> hosts.stream().flatMapToInt(host -> fit(host).stream()).max();
    };
  }

  private OptionalInt fit(Domain name) {
    return patterns.stream()
        .filter(pattern -> pattern.matches(name))
        .max(Comparator.comparingInt(HostPattern::specificity))
        .map(pattern -> OptionalInt.of(pattern.specificity()))
        .orElse(OptionalInt.empty());
  }

  private static Optional<Target> read(Settings in, Kind kind, String words) {
    var patterns = in.about(words).list(kind.toString(), PATTERN, List.of());
    if (!patterns.isEmpty()) return Optional.of(new Target(kind, patterns));
    if (!in.isWritten(kind.toString())) return Optional.empty();
    in.problem(kind.toString(), "nobody (expected: at least one name)");
    return Optional.of(STAND_IN);
  }

  /// As operators wrote it: `mx *.example.org`.
  @Override
  public String toString() {
    return kind
        + " "
        + patterns.stream().map(HostPattern::toString).collect(Collectors.joining(", "));
  }
}
