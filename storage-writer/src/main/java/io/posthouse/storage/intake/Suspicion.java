package io.posthouse.storage.intake;

import io.posthouse.message.QueueId;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Faults;
import io.posthouse.telemetry.MailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of a batch that failed for no reason we know: one of its messages makes us fail, or
/// all do. Each is tried by itself, and one that fails again and again is put aside.
final class Suspicion {
  /// A fault of ours may be one that passes; after so many it is the message's.
  private static final int MOST_STRIKES = 3;

  private final Events events;
  private final Undertaker undertaker;

  Suspicion(Events events, Undertaker undertaker) {
    this.events = events;
    this.undertaker = undertaker;
  }

  /// Answers with what is to be tried again.
  ///
  /// @param bug an [Error] too: a message whose text overflows the stack does so each time
  /// @param doing what we were doing: `storing 3 messages`
  /// @param failed what it means for a message that is put aside: `cannot be stored`
  List<Waiting> after(Throwable bug, List<Waiting> batch, String doing, String failed) {
    events.record(new MailEvent.Bug(onlyOne(batch), doing, bug));
    var left = new ArrayList<Waiting>();
    for (var message : batch) {
      if (message.strikes() < MOST_STRIKES) left.add(message.struck());
      else undertaker.buryUntilTaken(message.taken(), failed + ": " + Faults.summary(bug));
    }
    return left;
  }

  private static Optional<QueueId> onlyOne(List<Waiting> batch) {
    return batch.size() == 1
        ? Optional.of(batch.getFirst().taken().envelope().queueId())
        : Optional.empty();
  }
}
