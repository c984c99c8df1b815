package io.posthouse.ops.cli;

import java.io.Console;
import java.util.Optional;

/// Where a person can be asked.
public final class Terminal {
  private Terminal() {}

  /// The terminal of this process; empty where it has none, as in a script.
  public static Optional<Console> find() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
