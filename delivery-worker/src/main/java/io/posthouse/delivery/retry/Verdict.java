package io.posthouse.delivery.retry;

import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Scope;
import java.time.Duration;
import java.time.Instant;

/// What becomes of one recipient.
public sealed interface Verdict {
  /// Another host has it: nothing is left to do.
  ///
  /// @param notifies whether that host tells the sender, if the sender wants to know
  record Settle(Evidence evidence, boolean notifies) implements Verdict {}

  /// Not yet: again at `at`.
  ///
  /// @param at the delay from now, and a little spread
  /// @param delay the tier of the retry schedule
  record RetryAt(Instant at, Duration delay, Scope scope, Evidence evidence) implements Verdict {}

  /// It is given up, and its sender told.
  ///
  /// @param expired it might have worked yet, but its time is over
  record Bounce(Scope scope, Evidence evidence, boolean expired) implements Verdict {}
}
