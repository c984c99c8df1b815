package io.posthouse.bounce;

import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.outcome.Action;
import io.posthouse.outcome.Evidence;
import java.time.Instant;

/// What became of one recipient, and when we knew.
public sealed interface Fate {
  Recipient recipient();

  Evidence evidence();

  Instant at();

  /// It will not work.
  record Failed(Recipient recipient, Evidence evidence, Instant at) implements Fate {}

  /// It might have worked yet, but its time is over.
  record Expired(Recipient recipient, Evidence evidence, Instant at) implements Fate {}

  /// It did not work yet.
  ///
  /// @param until when it is given up
  record Delayed(Recipient recipient, Evidence evidence, Instant at, Instant until)
      implements Fate {}

  /// A host has it that will not tell the sender what becomes of it.
  record Relayed(Recipient recipient, Evidence evidence, Instant at) implements Fate {}

  /// It lies in the mailbox.
  record Delivered(Recipient recipient, Evidence evidence, Instant at) implements Fate {}

  default Action action() {
    return switch (this) {
      case Failed _, Expired _ -> Action.FAILED;
      case Delayed _ -> Action.DELAYED;
      case Relayed _ -> Action.RELAYED;
      case Delivered _ -> Action.DELIVERED;
    };
  }

  /// Whether the sender wants to hear of it (RFC 3461 §4.1); who did not say wants to hear of
  /// failure and delay.
  default boolean isWanted() {
    var wanted = recipient().notifyOn();
    return switch (action()) {
      case FAILED -> wanted.isEmpty() || wanted.contains(Notify.FAILURE);
      case DELAYED -> wanted.isEmpty() || wanted.contains(Notify.DELAY);
      case RELAYED, DELIVERED -> wanted.contains(Notify.SUCCESS);
    };
  }
}
