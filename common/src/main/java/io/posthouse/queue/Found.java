package io.posthouse.queue;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import java.time.Instant;
import java.util.Optional;

/// What a look into the queue finds at one position.
public sealed interface Found {
  Place place();

  RecordPosition at();

  /// When it came to this place, by the broker's clock.
  Instant written();

  /// A message that we owe somebody.
  record Owed(Place place, RecordPosition at, Instant written, Envelope envelope)
      implements Found {}

  /// A dead letter.
  ///
  /// @param envelope what it was, where that can be read
  /// @param origin where it was, where that is known
  record Dead(
      RecordPosition at,
      Instant written,
      String reason,
      Optional<Envelope> envelope,
      Optional<RecordPosition> origin)
      implements Found {
    @Override
    public Place place() {
      return Place.DEAD;
    }
  }

  /// A record that is no message; whoever takes it makes a dead letter of it.
  record Unreadable(Place place, RecordPosition at, Instant written, String reason)
      implements Found {}
}
