package io.posthouse.directive;

import io.posthouse.message.Envelope;
import io.posthouse.queue.Place;
import java.time.Instant;

/// A message as somebody meets it.
///
/// @param written when it came to this place, by the broker's clock
public record Sighting(Envelope envelope, Place place, Instant written) {
  Sighting of(Envelope some) {
    return new Sighting(some, place, written);
  }

  /// Whether a worker has it in hand, or will: nobody else looks at what arrives.
  boolean isInHand() {
    return switch (place) {
      case FIRST, SPLIT, DUE -> true;
      case DEFERRED, HELD, DEAD -> false;
    };
  }
}
