package io.posthouse.delivery.attempt;

import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.MxHost;
import io.posthouse.queue.ContentStore.ContentGone;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What an attempt came to.
///
/// @param outcomes of every recipient, in the order of the envelope; only of those that were
///   settled before, if the content is gone
/// @param lastTried the address we talked to last, or tried to
/// @param gone the content does not exist any more: the rest can never be sent
/// @param bug what is wrong with us: the outcomes say "later" where it prevented better
/// @param leftAlone what may be tried soonest, if nobody was asked because everything on the way is
///   left alone
public record Attempted(
    Map<Recipient, DeliveryOutcome> outcomes,
    Optional<MxHost> lastTried,
    Optional<ContentGone> gone,
    Optional<RuntimeException> bug,
    Optional<LeftAlone> leftAlone,
    Duration took) {
  /// What the history says of an attempt that a fault of ours spoilt.
  public static final String INTERNAL_ERROR = "internal error";

  public Attempted {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  /// An attempt that asked somebody, or knew without asking.
  public Attempted(
      Map<Recipient, DeliveryOutcome> outcomes,
      Optional<MxHost> lastTried,
      Optional<ContentGone> gone,
      Optional<RuntimeException> bug,
      Duration took) {
    this(outcomes, lastTried, gone, bug, Optional.empty(), took);
  }
}
