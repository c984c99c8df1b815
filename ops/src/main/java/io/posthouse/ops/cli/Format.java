package io.posthouse.ops.cli;

import java.util.Locale;

/// How a command prints what it found.
public enum Format {
  TABLE,
  JSON;

  /// The format of `--format`, in any case.
  public static Format parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
