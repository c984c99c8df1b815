package io.posthouse.delivery.shaping;

import java.time.Duration;
import java.util.Locale;

/// What a message hears that asks to go to its site.
public sealed interface Answer {
  /// Now.
  record Go() implements Answer {}

  /// Soon: ask again when told, and after so many nanoseconds at the latest.
  record Wait(long nanos) implements Answer {}

  /// Not soon: it is better put aside.
  ///
  /// @param time after which its turn may come
  /// @param why in words, with the limit and its origin
  record Aside(Reason reason, Duration time, String why) implements Answer {}

  /// Why a message has to wait.
  enum Reason {
    /// The site has as many deliveries as it bears.
    SLOTS,
    /// A rate is used up.
    RATE,
    /// A reaction suspended the site.
    SUSPENDED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
