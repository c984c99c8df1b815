package io.posthouse.srs;

import java.time.Instant;

/// Days in two characters of base32; they begin again after 1024.
final class SrsDay {
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int CYCLE = 1024;
  private static final int SECONDS = 86_400;

  /// Senders are told of what happens to a message within days.
  private static final int LONGEST_AGE = 21;

  private SrsDay() {}

  static String of(Instant now) {
    var day = number(now);
    return "" + DIGITS.charAt(day / DIGITS.length()) + DIGITS.charAt(day % DIGITS.length());
  }

  /// Whether a day, in capitals, is not too long ago; it may be tomorrow where clocks differ.
  static boolean isCurrent(String day, Instant now) {
    var number = DIGITS.indexOf(day.charAt(0)) * DIGITS.length() + DIGITS.indexOf(day.charAt(1));
    return Math.floorMod(number(now) + 1 - number, CYCLE) <= LONGEST_AGE + 1;
  }

  /// Days end at noon.
  private static int number(Instant now) {
    return Math.floorMod(Math.floorDiv(now.getEpochSecond() + SECONDS / 2, SECONDS), CYCLE);
  }
}
