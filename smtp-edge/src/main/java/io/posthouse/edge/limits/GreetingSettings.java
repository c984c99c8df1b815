package io.posthouse.edge.limits;

import io.posthouse.config.Settings;
import java.time.Duration;

/// What becomes of clients that speak before they are greeted (RFC 5321 §3.1), as those do that do
/// not listen anyway.
///
/// @param pause how long a client that we do not know is let wait for the greeting, to find out
/// @param enforced whether they are sent away, or only counted
public record GreetingSettings(Duration pause, boolean enforced) {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  enum Mode {
    OBSERVE,
    ENFORCE
  }

  /// Reads the section `edge.greeting`.
  public static GreetingSettings read(Settings in) {
    return new GreetingSettings(
        in.about(
                "on mx listeners, to find out who speaks before; once a day for each client; 0: not")
            .duration("pause", Duration.ZERO, LONGEST, Duration.ofSeconds(1)),
        in.about("whether those who do are sent away, or counted only")
                .choice("early_talkers", Mode.class, Mode.ENFORCE)
            == Mode.ENFORCE);
  }
}
