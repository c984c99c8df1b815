package io.posthouse.smtp;

import java.time.Duration;
import java.util.List;

/// What to do at a moment of a [ScriptedMx]'s dialogue instead of the friendly thing.
sealed interface ScriptedAction {
  /// Lines without line ends: `250-mx`, `250 SIZE 1000`.
  record Say(List<String> lines) implements ScriptedAction {}

  /// Hangs up.
  record HangUp() implements ScriptedAction {}

  /// Says it, and hangs up.
  record LastWords(List<String> lines) implements ScriptedAction {}

  /// Hangs up so rudely that the client gets an RST.
  record Reset() implements ScriptedAction {}

  /// Says nothing until the client leaves.
  record Silence() implements ScriptedAction {}

  /// Says it after a while, or as soon as the client says more.
  record SayLate(Duration after, List<String> lines) implements ScriptedAction {}
}
