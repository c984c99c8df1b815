package io.posthouse.telemetry;

import io.posthouse.message.TlsFacts;
import java.util.Optional;

/// The TLS of one connection.
///
/// @param facts what the two ends agreed on, unless it is in the clear
/// @param shortfall why it is worse than it could be: why it is in the clear, or what a policy that
///   is only tested would have objected to
public record TlsUse(TlsState state, Optional<TlsFacts> facts, Optional<Shortfall> shortfall) {
  /// A connection without TLS, of which there is no more to say.
  public static final TlsUse CLEAR = new TlsUse(TlsState.CLEAR, Optional.empty(), Optional.empty());

  /// What was wrong, in the words of reports and in those for an operator.
  public record Shortfall(TlsFailure type, String why) {}

  /// The same, falling short of more.
  public TlsUse with(Shortfall found) {
    return new TlsUse(state, facts, Optional.of(found));
  }
}
