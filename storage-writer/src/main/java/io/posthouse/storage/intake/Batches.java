package io.posthouse.storage.intake;

import io.posthouse.message.Envelope;
import io.posthouse.storage.intake.Loader.Loaded;
import io.posthouse.storage.intake.StorageWriter.Surroundings;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mailbox.Rules.Sequel;
import io.posthouse.storage.mailbox.Rules.Verdict;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One batch: fetch the contents, ask what their users want, store, settle what is durable.
final class Batches {
  private static final Errands.Kind SEQUEL =
      new Errands.Kind(
          "sequel", "doing what a user's rules ask for", "stored, but a user's rules failed");

  private final Surroundings around;
  private final Loader loader;
  private final Undertaker undertaker;
  private final Suspicion suspicion;
  private final Confirmations confirmations;
  private final Errands errands;
  private final Optional<Handovers> handovers;
  private final StorageMetrics metrics;

  Batches(
      Surroundings around,
      Loader loader,
      Undertaker undertaker,
      Suspicion suspicion,
      Confirmations confirmations,
      Errands errands,
      Optional<Handovers> handovers,
      StorageMetrics metrics) {
    this.around = around;
    this.loader = loader;
    this.undertaker = undertaker;
    this.suspicion = suspicion;
    this.confirmations = confirmations;
    this.errands = errands;
    this.handovers = handovers;
    this.metrics = metrics;
  }

  /// Stores a batch, and answers with what is to be tried again.
  List<Waiting> store(List<Waiting> batch) throws InterruptedException {
    var left = new ArrayList<Waiting>();
    var ready = new ArrayList<Waiting>();
    var deliveries = new ArrayList<Delivery>();
    var loaded = loader.load(batch);
    for (int i = 0; i < batch.size(); i++) {
      switch (loaded.get(i)) {
        case Loaded.Ready(var delivery) -> {
          ready.add(batch.get(i));
          deliveries.add(delivery);
        }
        case Loaded.Gone(var why) -> undertaker.buryUntilTaken(batch.get(i).taken(), why);
        case Loaded.NotNow _ -> left.add(batch.get(i));
        case Loaded.Fault(var bug) -> left.addAll(suspect(List.of(batch.get(i)), bug));
      }
    }
    if (!ready.isEmpty()) left.addAll(judge(ready, deliveries));
    return left;
  }

  private List<Waiting> judge(List<Waiting> ready, List<Delivery> deliveries) {
    try {
      return follow(ready, around.rules().judge(deliveries));
    } catch (IOException unanswered) {
      return unavailable(ready, String.valueOf(unanswered.getMessage()));
    } catch (RuntimeException | Error bug) {
      return suspect(ready, bug);
    }
  }

  private List<Waiting> follow(List<Waiting> ready, List<Verdict> verdicts) {
    var wanted = new ArrayList<Judged>();
    for (int i = 0; i < ready.size(); i++) {
      var message = ready.get(i);
      switch (verdicts.get(i)) {
        case Verdict.Keep(var placed, var events, var sequel) ->
            wanted.add(new Judged(message, placed, events, sequel));
        case Verdict.HandOver(var missing) ->
            handovers.orElseThrow().take(message.handedOverFor(missing));
        case Verdict.Drop(var event, var sequel) ->
            complete(message, sequel, () -> drop(message, event));
      }
    }
    return wanted.isEmpty() ? List.of() : keep(wanted);
  }

  private void drop(Waiting message, MailEvent event) {
    around.events().record(event);
    // Its user does not want it, and what else the user wants is durable: our promise ends here.
    message.taken().settle();
  }

  /// What follows from storing a message, or from not storing it, comes before it is settled.
  private void complete(Waiting message, Optional<Sequel> sequel, Runnable then) {
    if (sequel.isEmpty()) then.run();
    else
      errands.start(
          SEQUEL,
          message.taken(),
          () -> {
            sequel.get().complete();
            then.run();
          });
  }

  private List<Waiting> keep(List<Judged> wanted) {
    var messages = wanted.stream().map(Judged::message).toList();
    try {
      var start = around.clock().instant();
      var answer = around.store().store(wanted.stream().map(Judged::delivery).toList());
      var took = Duration.between(start, around.clock().instant());
      metrics.batch(wanted.size(), took);
      return switch (answer) {
        case Answer.Answered(var outcomes) -> {
          around.mongodb().up();
          for (int i = 0; i < wanted.size(); i++) settle(wanted.get(i), outcomes.get(i), took);
          yield List.of();
        }
        case Answer.Unavailable(var why) -> unavailable(messages, why);
      };
    } catch (RuntimeException | Error bug) {
      return suspect(messages, bug);
    }
  }

  private List<Waiting> unavailable(List<Waiting> batch, String why) {
    // Broken off because we end is not down.
    if (!Thread.currentThread().isInterrupted()) around.mongodb().down(why);
    return batch;
  }

  private void settle(Judged judged, Outcome outcome, Duration took) {
    var message = judged.message();
    switch (outcome) {
      case Outcome.Stored(var mailbox, long uid) -> settle(judged, mailbox, uid, false, took);
      case Outcome.AlreadyStored(var mailbox, long uid) -> settle(judged, mailbox, uid, true, took);
      case Outcome.NoSuchUser() ->
          undertaker.buryUntilTaken(
              message.taken(), "user " + message.user() + " was deleted since we accepted this");
      case Outcome.Refused(var why) -> undertaker.buryUntilTaken(message.taken(), why);
    }
  }

  private void settle(Judged judged, String mailbox, long uid, boolean again, Duration took) {
    var delivery = judged.delivery();
    if (!again) judged.events().forEach(around.events()::record);
    Envelope envelope = delivery.envelope();
    around
        .events()
        .record(
            new MailEvent.Stored(
                envelope.queueId(),
                delivery.user(),
                mailbox,
                uid,
                delivery.message().length(),
                again,
                took));
    // The message is in the mailbox, on a majority's disks: what is left to do is to say so.
    complete(
        judged.message(), judged.sequel(), () -> confirmations.settle(judged.message(), delivery));
    metrics.stored(Duration.between(envelope.arrived(), around.clock().instant()));
  }

  private List<Waiting> suspect(List<Waiting> batch, Throwable bug) {
    return suspicion.after(bug, batch, "storing " + batch.size() + " messages", "cannot be stored");
  }
}
