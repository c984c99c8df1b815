package io.posthouse.delivery.attempt;

import io.posthouse.delivery.shaping.Reaction;
import io.posthouse.delivery.shaping.Reaction.Action;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Delivered;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Scope;
import java.util.Optional;

/// What the table of reactions makes of a refusal, where it says otherwise than the code. Pure.
final class Reacting {
  private Reacting() {}

  /// A refusal of recipients.
  static Judged to(Judged judged, Optional<Reaction> reaction) {
    return reaction.map(r -> changed(judged, r.action())).orElse(judged);
  }

  /// A greeting, or the answer to EHLO. It knows no recipient, so it bounces none.
  static Heard to(Heard refused, Optional<Reaction> reaction) {
    return reaction
        .filter(r -> !(r.action() instanceof Action.Bounce))
        .flatMap(r -> refused.rest().map(rest -> refused.withRest(changed(rest, r.action()))))
        .orElse(refused);
  }

  private static Judged changed(Judged judged, Action action) {
    return switch (action) {
      // These are about the site; what the code says of the recipients stands.
      case Action.Slow _, Action.Suspend _ -> judged;
      case Action.Elsewhere() -> new Judged(judged.outcome(), false);
      case Action.Defer() -> new Judged(deferred(judged.outcome()), true);
      case Action.Bounce() -> new Judged(failed(judged.outcome()), true);
    };
  }

  private static DeliveryOutcome deferred(DeliveryOutcome outcome) {
    return outcome instanceof Failed(Scope scope, var evidence)
        ? new Deferred(scope, evidence)
        : outcome;
  }

  private static DeliveryOutcome failed(DeliveryOutcome outcome) {
    return switch (outcome) {
      case Deferred(var scope, var evidence) -> new Failed(scope, evidence);
      case Failed failed -> failed;
      case Delivered delivered -> delivered;
    };
  }
}
