package io.posthouse.bounce;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Dates of header fields (RFC 5322 §3.3): `Mon, 2 Mar 2026 08:14:07 +0000`.
public final class Dates {
  private static final DateTimeFormatter RFC5322 =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Dates() {}

  /// The date at this moment, in UTC.
  public static String format(Instant at) {
    return RFC5322.format(at);
  }
}
