package io.posthouse.storage.intake;

import io.posthouse.bounce.Notifier;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Destination;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.QueueReader;
import io.posthouse.queue.Taken;
import io.posthouse.storage.mailbox.MailboxStore;
import io.posthouse.storage.mailbox.Receipts;
import io.posthouse.storage.mailbox.Redirector;
import io.posthouse.storage.mailbox.Rules;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Stores what is taken from the queue: many users at a time, one batch of each, and what arrives
/// together is stored together.
///
/// Starts before its reader and ends after it: the reader's drain waits for what this still holds.
public final class StorageWriter implements Service, QueueReader.Intake {
  private final StorageSettings settings;
  private final Lanes lanes = new Lanes();
  private final Loader loader;
  private final Undertaker undertaker;
  private final Confirmations confirmations;
  private final Sequels sequels;
  private final Redirects redirects;
  private final Batches batches;
  private final List<Thread> writers = new ArrayList<>();

  /// What the writer leans on.
  ///
  /// @param notifier tells senders who asked for it that their mail is stored
  /// @param mongodb told whether the store answers
  public record Surroundings(
      MailboxStore store,
      Receipts receipts,
      Rules rules,
      Redirector redirector,
      ContentStore contents,
      MailQueue queue,
      Notifier notifier,
      DependencyState mongodb,
      Events events,
      Metrics metrics,
      InstantSource clock) {}

  public StorageWriter(StorageSettings settings, Surroundings around) {
    this.settings = settings;
    this.loader = new Loader(around.contents());
    this.undertaker = new Undertaker(around.queue(), around.events());
    this.confirmations =
        new Confirmations(
            around.receipts(), around.notifier(), around.events(), around.clock(), undertaker);
    this.sequels = new Sequels(around.events(), undertaker);
    this.redirects =
        new Redirects(around.redirector(), around.contents(), around.events(), undertaker);
    var metrics = new StorageMetrics(around.metrics(), lanes::size);
    this.batches = new Batches(around, loader, undertaker, confirmations, sequels, metrics);
  }

  @Override
  public String name() {
    return "storage writer";
  }

  @Override
  public void take(Taken taken) {
    var destinations = taken.envelope().destinations();
    if (destinations.size() == 1) take(taken, destinations.getFirst());
    else undertaker.buryUntilTaken(taken, "not for one of ours: " + destinations);
  }

  private void take(Taken taken, Destination destination) {
    switch (destination) {
      case Destination.Local(var user) -> lanes.add(new Waiting(taken, user, 0));
      case Destination.Forwarded(var address) -> redirects.take(taken, address);
      case Destination.Remote(var domain) ->
          undertaker.buryUntilTaken(taken, "not for one of ours: " + domain);
    }
  }

  @Override
  public void start() {
    for (int i = 0; i < settings.writers(); i++)
      writers.add(
          Thread.ofVirtual()
              .name("storage writer " + (i + 1))
              .start(new Writer(lanes, settings.most(), batches)));
  }

  /// Nothing to wait for: when the reader has drained, everything is settled.
  @Override
  public void drain(Duration deadline) {}

  @Override
  public void close() {
    lanes.close();
    undertaker.close();
    confirmations.close();
    sequels.close();
    redirects.close();
    writers.forEach(Thread::interrupt);
    loader.close();
  }
}
