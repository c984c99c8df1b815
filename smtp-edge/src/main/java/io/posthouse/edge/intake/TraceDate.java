package io.posthouse.edge.intake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes dates as RFC 5322 §3.3 has them, in UTC; a second is written once for all its messages.
final class TraceDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private record Written(long second, String text) {}

  private volatile Written last = new Written(Long.MIN_VALUE, "");

  /// Such as `Sun, 22 Nov 2026 03:11:23 +0000`.
  String of(Instant instant) {
    var written = last;
    if (written.second() != instant.getEpochSecond()) {
      written = new Written(instant.getEpochSecond(), FORMAT.format(instant));
      last = written;
    }
    return written.text();
  }
}
