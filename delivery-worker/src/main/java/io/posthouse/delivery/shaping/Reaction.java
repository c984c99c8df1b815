package io.posthouse.delivery.shaping;

import io.posthouse.telemetry.ReactionKind;
import java.time.Duration;

/// What a reply is answered with.
///
/// @param name of the rule, for events
public record Reaction(String name, Action action) {
  /// What is done. The first two are about the site, the others about the recipients refused.
  public sealed interface Action {
    /// Half as many deliveries at a time and, for so long, no more than `rate`.
    record Slow(Rate rate, Duration time) implements Action {}

    /// No delivery for so long.
    record Suspend(Duration time) implements Action {}

    /// Another address may say otherwise, whatever the code: now.
    record Elsewhere() implements Action {}

    /// Later, whatever the code: no other address now.
    record Defer() implements Action {}

    /// Never, whatever the code. A greeting bounces nobody all the same.
    record Bounce() implements Action {}

    default ReactionKind kind() {
      return switch (this) {
        case Slow _ -> ReactionKind.SLOW;
        case Suspend _ -> ReactionKind.SUSPEND;
        case Elsewhere() -> ReactionKind.ELSEWHERE;
        case Defer() -> ReactionKind.DEFER;
        case Bounce() -> ReactionKind.BOUNCE;
      };
    }
  }
}
