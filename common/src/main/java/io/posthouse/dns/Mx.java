package io.posthouse.dns;

import io.posthouse.address.Domain;

/// An MX record.
///
/// @param preference lower is better (RFC 5321 §5.1)
/// @param exchange what the record names
public record Mx(int preference, Exchange exchange) {
  public sealed interface Exchange {
    record Host(Domain name) implements Exchange {}

    /// A single dot: the domain wants no mail (RFC 7505).
    record None() implements Exchange {}

    /// No name a host can have.
    record Malformed(String text) implements Exchange {}
  }
}
