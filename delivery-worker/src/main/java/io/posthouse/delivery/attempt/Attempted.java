package io.posthouse.delivery.attempt;

import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.shaping.Feedback;
import io.posthouse.message.Envelope;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
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
    Optional<Throwable> bug,
    Optional<LeftAlone> leftAlone,
    Duration took) {
  /// What the history says of an attempt that a fault of ours spoilt.
  public static final String INTERNAL_ERROR = "internal error";

  /// Nobody was asked, and `outcome` stands for everybody.
  public static Attempted nothing(Envelope envelope, DeliveryOutcome outcome) {
    var outcomes = new LinkedHashMap<Recipient, DeliveryOutcome>();
    envelope.recipients().forEach(recipient -> outcomes.put(recipient, outcome));
    return new Attempted(
        outcomes, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  /// What it says about the site: the slightest sign of reason from any host is a good one.
  public Feedback feedback() {
    if (lastTried.isEmpty() || bug.isPresent() || gone.isPresent()) return Feedback.NOTHING;
    return outcomes.values().stream().allMatch(Attempted::isAboutHost)
        ? Feedback.FAILS
        : Feedback.WORKS;
  }

  private static boolean isAboutHost(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered _ -> false;
      case DeliveryOutcome.Deferred(var scope, _) -> scope == Scope.HOST;
      case DeliveryOutcome.Failed(var scope, _) -> scope == Scope.HOST;
    };
  }

  public Attempted {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  /// An attempt that asked somebody, or knew without asking.
  public Attempted(
      Map<Recipient, DeliveryOutcome> outcomes,
      Optional<MxHost> lastTried,
      Optional<ContentGone> gone,
      Optional<Throwable> bug,
      Duration took) {
    this(outcomes, lastTried, gone, bug, Optional.empty(), took);
  }
}
