package io.posthouse.kafka;

import io.posthouse.message.Octets;
import io.posthouse.queue.DeadLetters;
import io.posthouse.queue.DeadLetters.Burial;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.QueueReader.Intake;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Faults;
import io.posthouse.telemetry.MailEvent.Bug;
import io.posthouse.telemetry.MailEvent.DeadLettered;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Gives what was read to the intake, and to the dead letters what nobody can read. Whatever
/// happens, a record stays open until somebody durable has it.
final class LedgerHandout {
  private static final int MOST_STRIKES = 3;

  private final Intake intake;
  private final DeadLetters deadLetters;
  private final LedgerBooks books;
  private final Events events;
  private final Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  LedgerHandout(Intake intake, DeadLetters deadLetters, LedgerBooks books, Events events) {
    this.intake = intake;
    this.deadLetters = deadLetters;
    this.books = books;
    this.events = events;
  }

  void hand(LedgerEntry entry, Optional<byte[]> value) {
    if (value.isEmpty()) bury(entry, new byte[0], "a record without a value");
    else hand(entry, value.get(), 1);
  }

  private void hand(LedgerEntry entry, byte[] value, int strike) {
    try {
      intake.take(new LedgerRecord(EnvelopeCodec.decode(value), entry, events));
    } catch (MalformedRecord e) {
      bury(entry, value, String.valueOf(e.getMessage()));
    } catch (RuntimeException ours) {
      events.record(new Bug(Optional.empty(), "taking " + entry.position(), ours));
      if (strike == MOST_STRIKES) bury(entry, value, "our own error: " + Faults.summary(ours));
      else later.execute(() -> books.tell(() -> hand(entry, value, strike + 1)));
    }
  }

  private void bury(LedgerEntry entry, byte[] value, String reason) {
    var _ =
        deadLetters
            .bury(entry.position(), Octets.of(value), reason)
            .thenAccept(burial -> buried(entry, value, reason, burial));
  }

  private void buried(LedgerEntry entry, byte[] value, String reason, Burial burial) {
    switch (burial) {
      case Burial.Buried _ -> {
        events.record(new DeadLettered(Optional.empty(), entry.position(), reason));
        entry.settle();
      }
      // Kafka is away: that is said elsewhere, once.
      case Burial.NotBuried _ -> later.execute(() -> bury(entry, value, reason));
    }
  }
}
