package io.posthouse.delivery.shaping;

import java.time.Duration;
import java.util.Locale;

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

    default Kind kind() {
      return switch (this) {
        case Slow _ -> Kind.SLOW;
        case Suspend _ -> Kind.SUSPEND;
        case Elsewhere() -> Kind.ELSEWHERE;
        case Defer() -> Kind.DEFER;
        case Bounce() -> Kind.BOUNCE;
      };
    }
  }

  /// Actions by name, as in settings, events and metrics.
  public enum Kind {
    SLOW,
    SUSPEND,
    ELSEWHERE,
    DEFER,
    BOUNCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
