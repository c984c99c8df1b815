package io.posthouse.queue;

import java.time.Duration;

final class Delays {
  private Delays() {}

  /// `4h`, `15m`, `90s`.
  static String shortest(Duration delay) {
    if (delay.toSeconds() % 3600 == 0) return delay.toHours() + "h";
    return delay.toSeconds() % 60 == 0 ? delay.toMinutes() + "m" : delay.toSeconds() + "s";
  }
}
