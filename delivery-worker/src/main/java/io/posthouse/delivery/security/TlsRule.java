package io.posthouse.delivery.security;

import io.posthouse.delivery.routing.TlsLevel;
import java.util.Optional;
import java.util.Set;

/// What the operator wants of the hosts of a destination.
///
/// @param names of which a certificate must have one, where it must be verified; none for the name
///   of the host itself, which only the DNS says
public record TlsRule(TlsLevel level, Set<String> names) {
  public TlsRule {
    names = Set.copyOf(names);
    if (!names.isEmpty() && level != TlsLevel.VERIFIED)
      throw new IllegalArgumentException("names: " + names + " (expected: with verified alone)");
  }

  public TlsRule(TlsLevel level) {
    this(level, Set.of());
  }

  /// What `host` must give us; empty where that is for others to say.
  ///
  /// @param published what the world says about it
  Optional<HostPolicy> about(String host, PolicySource by, HostPolicy published) {
    return switch (level) {
      case POLICY -> Optional.empty();
      case CLEAR -> allowed(new Security.Clear(), by);
      case OPPORTUNISTIC -> allowed(new Security.Opportunistic(), by);
      case ENCRYPTED -> allowed(new Security.Encrypted(), by);
      case VERIFIED -> allowed(new Security.Verified(names.isEmpty() ? Set.of(host) : names), by);
      case DANE_ONLY -> Optional.of(isByDane(published) ? published : withoutDane(published, by));
    };
  }

  private static Optional<HostPolicy> allowed(Security security, PolicySource by) {
    return Optional.of(new HostPolicy.Allowed(security, by));
  }

  private static boolean isByDane(HostPolicy published) {
    return published instanceof HostPolicy.Allowed(Security.Dane _, _);
  }

  private static HostPolicy withoutDane(HostPolicy published, PolicySource by) {
    return published instanceof HostPolicy.Forbidden
        ? published
        : new HostPolicy.Forbidden("it has no TLSA records that can be used", by);
  }
}
