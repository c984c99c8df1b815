package io.posthouse.config;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// A number of bytes, written `512`, `100KB` (1000) or `128KiB` (1024).
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9}) ?([KMG]i?)?B?");
  private static final List<String> UNITS = List.of("GiB", "MiB", "KiB", "GB", "MB", "KB");

  public ByteSize {
    if (bytes < 0) throw new IllegalArgumentException("size: " + bytes + " (expected: 0 or more)");
  }

  public static ByteSize kib(long kib) {
    return new ByteSize(kib << 10);
  }

  public static ByteSize mib(long mib) {
    return new ByteSize(mib << 20);
  }

  /// Reads what [#toString] wrote, and operators.
  ///
  /// @throws IllegalArgumentException when the text is no size
  static ByteSize parse(String text) {
    var written = WRITTEN.matcher(text);
    if (!written.matches()) throw new IllegalArgumentException("size: " + text);
    var unit = written.group(2) == null ? 1 : factor(written.group(2) + "B");
    return new ByteSize(Math.multiplyExact(Long.parseLong(written.group(1)), unit));
  }

  /// For what a Java array or buffer must hold.
  ///
  /// @throws ArithmeticException above 2 GiB
  public int toInt() {
    return Math.toIntExact(bytes);
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /// As written in a file, with the unit that gives the shortest text.
  @Override
  public String toString() {
    return UNITS.stream()
        .filter(unit -> bytes > 0 && bytes % factor(unit) == 0)
        .map(unit -> bytes / factor(unit) + unit)
        .min(Comparator.comparingInt(String::length))
        .orElseGet(() -> Long.toString(bytes));
  }

  private static long factor(String unit) {
    long kilo = unit.length() == 3 ? 1024 : 1000;
    return switch (unit.charAt(0)) {
      case 'K' -> kilo;
      case 'M' -> kilo * kilo;
      default -> kilo * kilo * kilo;
    };
  }
}
