package io.posthouse.queue;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import java.util.Optional;

/// Which senders or recipients an operator means: one address in whatever case, everybody at a
/// domain, or the null reverse-path.
public sealed interface PathPattern {
  /// One address. Hosts may tell `Bob` from `bob`; operators do not.
  record Exactly(MailAddress address) implements PathPattern {}

  /// Everybody at a domain.
  record At(Domain domain) implements PathPattern {}

  /// Nobody: what sends a DSN.
  record Null() implements PathPattern {}

  /// Reads `bob@example.net`, `@example.net` or `<>`; empty where the text is none of them.
  static Optional<PathPattern> parse(String text) {
    if (text.equals("<>")) return Optional.of(new Null());
    return text.startsWith("@")
        ? Domain.parse(text.substring(1)).map(At::new)
        : MailAddress.parse(text).map(Exactly::new);
  }

  /// Whether it means this address; none is the null reverse-path.
  default boolean matches(Optional<MailAddress> path) {
    return switch (this) {
      case Exactly(var address) -> path.filter(other -> isSame(address, other)).isPresent();
      case At(var domain) -> path.filter(other -> other.domain().equals(domain)).isPresent();
      case Null() -> path.isEmpty();
    };
  }

  /// What [#parse] takes back.
  default String text() {
    return switch (this) {
      case Exactly(var address) -> address.toString();
      case At(var domain) -> "@" + domain;
      case Null() -> "<>";
    };
  }

  private static boolean isSame(MailAddress one, MailAddress other) {
    return one.domain().equals(other.domain())
        && one.localPart().equalsIgnoreCase(other.localPart());
  }
}
