package io.posthouse.storage.intake;

import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Returns;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Destination;
import io.posthouse.node.AtWork;
import io.posthouse.node.Work;
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
import java.util.Optional;
import java.util.stream.Stream;

/// Stores what is taken from the queue: many users at a time, one batch of each, and what arrives
/// together is stored together.
///
/// Starts before its reader and ends after it: the reader's drain waits for what this still holds.
public final class StorageWriter implements Service, QueueReader.Intake, AtWork {
  private final StorageSettings settings;
  private final Lanes lanes = new Lanes();
  private final Desk desk;
  private final Loader loader;
  private final Undertaker undertaker;
  private final Errands errands;
  private final Confirmations confirmations;
  private final Redirects redirects;
  private final Optional<Handovers> handovers;
  private final Suspicion suspicion;
  private final Batches batches;
  private final Obedience obedience;
  private final Entrance entrance;
  private final List<Thread> threads = new ArrayList<>();

  /// What the writer leans on.
  ///
  /// @param directives what operators order about what is taken
  /// @param notifier tells senders who asked for it that their mail is stored, and others that
  ///   theirs is returned
  /// @param handover empty where nothing is handed over
  /// @param mongodb told whether the store answers
  public record Surroundings(
      MailboxStore store,
      Receipts receipts,
      Rules rules,
      Redirector redirector,
      Optional<HandoverTerms> handover,
      ContentStore contents,
      MailQueue queue,
      DirectiveTable directives,
      Notifier notifier,
      DependencyState mongodb,
      Events events,
      Metrics metrics,
      InstantSource clock) {}

  public StorageWriter(StorageSettings settings, Surroundings around) {
    this.settings = settings;
    this.desk = new Desk(around.clock());
    this.loader = new Loader(around.contents());
    this.undertaker = new Undertaker(around.queue(), around.events());
    this.errands = new Errands(around.events(), undertaker);
    this.confirmations =
        new Confirmations(around.receipts(), around.notifier(), around.clock(), errands);
    this.obedience =
        new Obedience(
            around.directives(),
            around.contents(),
            new Returns(around.notifier()),
            around.events(),
            around.clock(),
            errands);
    this.redirects =
        new Redirects(around.redirector(), around.contents(), errands, undertaker, obedience);
    this.suspicion = new Suspicion(around.events(), undertaker);
    this.handovers =
        around
            .handover()
            .map(terms -> {
              var inAll = settings.most().inAll();
              return new Handovers(
                  around, terms, inAll, loader, undertaker, suspicion, obedience, confirmations);
            });
    var metrics = new StorageMetrics(around.metrics(), lanes::size);
    handovers.ifPresent(found -> metrics.handingOver(found::size));
    this.batches =
        new Batches(
            around, loader, undertaker, suspicion, confirmations, errands, handovers, metrics);
    var waiting =
        Stream.concat(Stream.of(lanes), handovers.map(Handovers::lanes).stream()).toList();
    this.entrance = new Entrance(obedience, waiting, around.events(), this::takeIn);
  }

  @Override
  public String name() {
    return "storage writer";
  }

  @Override
  public void take(Taken taken) {
    entrance.come(taken);
  }

  private void takeIn(List<Taken> together) {
    var forUsers = new ArrayList<Waiting>();
    for (var taken : together) {
      var destinations = taken.envelope().destinations();
      if (destinations.size() > 1)
        undertaker.buryUntilTaken(taken, "not for one of ours: " + destinations);
      else
        switch (destinations.getFirst()) {
          case Destination.Local(var user) -> forUsers.add(new Waiting(taken, user));
          case Destination.Forwarded(var address) -> redirects.take(taken, address);
          case Destination.Remote(var domain) ->
              undertaker.buryUntilTaken(taken, "not for one of ours: " + domain);
        }
    }
    switch (settings.handover().mode()) {
      case MONGODB -> lanes.addAll(forUsers);
      case LMTP -> forUsers.forEach(handovers.orElseThrow()::take);
    }
  }

  /// Those that wait are told by number alone.
  @Override
  public Work work() {
    var own = Desk.work(desk.inFlight(), lanes.size());
    return handovers.map(Handovers::work).map(own::plus).orElse(own).atMost(NAMED);
  }

  @Override
  public void start() {
    handovers.ifPresent(Handovers::start);
    threads.add(Thread.ofVirtual().name("storage entrance").start(entrance));
    for (int i = 0; i < settings.writers(); i++)
      threads.add(
          Thread.ofVirtual()
              .name("storage writer " + (i + 1))
              .start(
                  new Writer(
                      lanes, settings.most(), obedience, suspicion, desk.watched(batches::store))));
  }

  /// Nothing to wait for: when the reader has drained, everything is settled.
  @Override
  public void drain(Duration deadline) {}

  @Override
  public void close() {
    lanes.close();
    undertaker.close();
    errands.close();
    confirmations.close();
    handovers.ifPresent(Handovers::close);
    threads.forEach(Thread::interrupt);
    loader.close();
  }
}
