package io.posthouse.storage.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The date of a message (RFC 5322 §3.3), old forms included (§4.3).
public final class MailDate {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{1,2})[ -]+([a-z]{3})[a-z]{0,6}[ -]+(\\d{2,4})[ ]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?[ ]*([+-]\\d{4}|[a-z]{0,5})");

  private MailDate() {}

  /// The moment it means; empty where it cannot be told.
  public static Optional<Instant> parse(String text) {
    var found = DATE.matcher(text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " "));
    if (!found.find()) return Optional.empty();
    try {
      return Optional.of(instant(found));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Instant instant(Matcher date) {
    var second = date.group(6) == null ? 0 : Math.min(59, number(date, 6));
    return OffsetDateTime.of(
            year(date.group(3)),
            MONTHS.indexOf(date.group(2)) + 1,
            number(date, 1),
            number(date, 4),
            number(date, 5),
            second,
            0,
            zone(date.group(7)))
        .toInstant();
  }

  private static int year(String digits) {
    var year = Integer.parseInt(digits);
    if (digits.length() == 2) return year < 50 ? 2000 + year : 1900 + year;
    return digits.length() == 3 ? 1900 + year : year;
  }

  private static ZoneOffset zone(String zone) {
    if (zone.startsWith("+") || zone.startsWith("-")) {
      var sign = zone.startsWith("-") ? -1 : 1;
      return ZoneOffset.ofHoursMinutes(
          sign * Integer.parseInt(zone.substring(1, 3)),
          sign * Integer.parseInt(zone.substring(3)));
    }
    return switch (zone) {
      case "edt" -> ZoneOffset.ofHours(-4);
      case "est", "cdt" -> ZoneOffset.ofHours(-5);
      case "cst", "mdt" -> ZoneOffset.ofHours(-6);
      case "mst", "pdt" -> ZoneOffset.ofHours(-7);
      case "pst" -> ZoneOffset.ofHours(-8);
      default -> ZoneOffset.UTC;
    };
  }

  private static int number(Matcher date, int group) {
    return Integer.parseInt(date.group(group));
  }
}
