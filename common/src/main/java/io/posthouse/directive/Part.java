package io.posthouse.directive;

import io.posthouse.message.Envelope;
import java.util.List;

/// Recipients of a message for whom the same is ordered.
///
/// @param envelope the message for them, with the orders about it
/// @param by what has touched them, in the order of their numbers
public record Part(Envelope envelope, Fate fate, List<Directive> by) {
  public Part {
    by = List.copyOf(by);
  }

  /// What becomes of them.
  public enum Fate {
    /// Nobody has touched them.
    AS_IT_WAS,
    /// They are a worker's at once, who reads in their orders what to do.
    NOW,
    /// They are held.
    HELD
  }

  static Part untouched(Envelope envelope) {
    return new Part(envelope, Fate.AS_IT_WAS, List.of());
  }

  public boolean isTouched() {
    return fate != Fate.AS_IT_WAS;
  }
}
