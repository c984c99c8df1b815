package io.posthouse.config;

import java.util.Comparator;

/// Where a setting was written: a place in a file, or the name of something that has no lines.
///
/// @param line counted from 1; 0 when the source has no lines
/// @param column counted from 1; 0 when the source has no lines
record Origin(String source, int line, int column) implements Comparable<Origin> {

  /// Everything that was set with `--set` on the command line.
  static final Origin COMMAND_LINE = new Origin("--set", 0, 0);

  /// Nobody wrote it: the default holds.
  static final Origin DEFAULT = new Origin("default", 0, 0);

  private static final Comparator<Origin> IN_READING_ORDER =
      Comparator.comparing((Origin origin) -> origin.line == 0)
          .thenComparingInt(Origin::line)
          .thenComparingInt(Origin::column);

  static Origin startOf(String file) {
    return new Origin(file, 1, 1);
  }

  @Override
  public int compareTo(Origin other) {
    return IN_READING_ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
