package io.posthouse.directive;

import io.posthouse.message.Ending;

/// What becomes of recipients of a message in the hands of whoever has taken it.
public sealed interface Course {
  /// They are to be held.
  record Held() implements Course {}

  /// They are to be returned or dropped: somebody orders it now, or has ordered it before they came
  /// here.
  record Ended(Ending ending) implements Course {}

  /// They go on, by the next hop in their orders where there is one.
  record GoesOn() implements Course {}
}
