package io.posthouse.ops.cli;

import java.util.Locale;

/// How a command prints what it found.
public enum Format {
  TABLE,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
