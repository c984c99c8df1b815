package io.posthouse.config;

import java.util.List;
import java.util.stream.Collectors;

/// Settings without a problem.
///
/// @param settings what the process is built from
/// @param effective every key that was read, with what holds and where that was written
public record Loaded<T>(T settings, List<Setting> effective) {

  public Loaded {
    effective = List.copyOf(effective);
  }

  /// The effective settings as lines `key: value # origin`, secrets hidden; logged once, at start.
  public String show() {
    return effective.stream()
        .map(s -> "%s: %s  # %s".formatted(s.key(), s.effective(), s.origin()))
        .collect(Collectors.joining("\n"));
  }
}
