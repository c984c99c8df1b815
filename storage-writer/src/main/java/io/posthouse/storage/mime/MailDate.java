package io.posthouse.storage.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
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
          "(\\d{1,2})[ -]+([a-z]{3})[a-z]{0,6}[ -]+(\\d{2,4})[ ]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?: ?([ap])m\\b)?[ ]*([+-]\\d{4}|[a-z]{0,5})");
  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

  private MailDate() {}

  /// The moment it means; empty where it cannot be told.
  public static Optional<Instant> parse(String text) {
    var found =
        DATE.matcher(
            COMMENT.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").replaceAll("\\s+", " "));
    if (!found.find()) return Optional.empty();
    try {
      return Optional.of(instant(found));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Instant instant(Matcher date) {
    var second = date.group(6) == null ? 0 : Math.min(59, number(date, 6));
    return LocalDateTime.of(
            year(date.group(3)),
            MONTHS.indexOf(date.group(2)) + 1,
            number(date, 1),
            hour(date),
            number(date, 5),
            second)
        .minusMinutes(zone(date.group(8)))
        .toInstant(ZoneOffset.UTC);
  }

  private static int hour(Matcher date) {
    var hour = number(date, 4);
    return date.group(7) == null ? hour : hour % 12 + (date.group(7).equals("p") ? 12 : 0);
  }

  private static int year(String digits) {
    var year = Integer.parseInt(digits);
    if (digits.length() == 2) return year < 50 ? 2000 + year : 1900 + year;
    return digits.length() == 3 ? 1900 + year : year;
  }

  /// Minutes before that of Greenwich, even more than any zone has.
  private static int zone(String zone) {
    if (zone.startsWith("+") || zone.startsWith("-")) {
      var sign = zone.startsWith("-") ? -1 : 1;
      var written =
          LocalTime.of(Integer.parseInt(zone.substring(1, 3)), Integer.parseInt(zone.substring(3)));
      return sign * written.toSecondOfDay() / 60;
    }
    return 60
        * switch (zone) {
          case "jst" -> 9;
          case "edt" -> -4;
          case "est", "cdt" -> -5;
          case "cst", "mdt" -> -6;
          case "mst", "pdt" -> -7;
          case "pst" -> -8;
          default -> 0;
        };
  }

  private static int number(Matcher date, int group) {
    return Integer.parseInt(date.group(group));
  }
}
