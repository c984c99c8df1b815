package io.posthouse.queue;

import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;

/// The keys of our records: who shares a key shares a partition, and is read in order.
public final class RecordKeys {
  private RecordKeys() {}

  /// The user, the forwarded address, or the domain: what one worker at a time should own.
  public static String of(Destination destination) {
    return switch (destination) {
      case Destination.Local(var user) -> user.hex();
      case Destination.Forwarded(var address) -> address.hex();
      case Destination.Remote(var domain) -> domain.name();
    };
  }

  /// Of an envelope in any topic: its only destination, or the queue id where it has several.
  public static String of(Envelope envelope) {
    var destinations = envelope.destinations();
    return destinations.size() == 1 ? of(destinations.getFirst()) : envelope.queueId().text();
  }
}
