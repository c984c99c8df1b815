package io.posthouse.delivery.security;

import io.posthouse.address.Domain;
import io.posthouse.delivery.pattern.DomainPatterns;
import java.util.Optional;

/// The operator's words on TLS, by destination.
///
/// @param byDefault where neither the operator nor the world says anything
/// @param byDestination the most specific pattern counts
public record TlsRules(TlsRule byDefault, DomainPatterns<TlsRule> byDestination) {
  Optional<TlsRule> about(Domain destination) {
    return byDestination.match(destination).map(DomainPatterns.Match::said);
  }
}
