package io.posthouse.delivery.attempt;

import io.posthouse.delivery.security.PolicySource;
import io.posthouse.message.Envelope;
import io.posthouse.outcome.MxHost;
import io.posthouse.telemetry.Result;
import io.posthouse.telemetry.TlsUse;
import java.time.Duration;
import java.util.Optional;

/// One address was tried, or a transaction over a connection to it.
///
/// @param said what decided it: a reply, or what we saw
/// @param tls how well it was protected; empty where nobody got so far
/// @param connect until we were connected, or gave up; zero where a connection was there already
/// @param took the whole of it
public record Tried(
    Envelope envelope,
    MxHost mx,
    Result result,
    String said,
    Optional<Protection> tls,
    Duration connect,
    Duration took) {
  /// How well the connection was protected, and on whose word.
  ///
  /// @param policy who said what the host must give us
  /// @param reused the connection was there already
  public record Protection(PolicySource policy, TlsUse use, boolean reused) {}
}
