package io.posthouse.smtp;

import java.util.Optional;
import java.util.regex.Pattern;

/// An enhanced status code such as `5.1.1` (RFC 3463).
public record EnhancedStatus(int category, int subject, int detail) {
  private static final Pattern SHAPE = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

  public EnhancedStatus {
    if (category != 2 && category != 4 && category != 5)
      throw outOfRange("class", category, "2, 4 or 5");
    if (subject < 0 || subject > 999) throw outOfRange("subject", subject, "0..999");
    if (detail < 0 || detail > 999) throw outOfRange("detail", detail, "0..999");
  }

  /// The status in `text`, which is all of it; empty where it is none.
  public static Optional<EnhancedStatus> parse(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) return Optional.empty();
    return Optional.of(
        new EnhancedStatus(
            Integer.parseInt(shape.group(1)),
            Integer.parseInt(shape.group(2)),
            Integer.parseInt(shape.group(3))));
  }

  /// The status in `text`, for constants.
  public static EnhancedStatus of(String text) {
    return parse(text)
        .orElseThrow(
            () -> new IllegalArgumentException("enhanced status: " + text + " (expected: 5.1.1)"));
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }

  private static IllegalArgumentException outOfRange(String what, int value, String rule) {
    return new IllegalArgumentException(
        "enhanced status " + what + ": " + value + " (expected: " + rule + ")");
  }
}
