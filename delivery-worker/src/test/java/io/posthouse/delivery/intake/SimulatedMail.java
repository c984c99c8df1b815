package io.posthouse.delivery.intake;

import io.posthouse.address.MailAddress;
import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Reporter;
import io.posthouse.delivery.attempt.Attempted;
import io.posthouse.delivery.retry.RetryPolicy;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Sighting;
import io.posthouse.kafka.SimFaults;
import io.posthouse.kafka.SimNode;
import io.posthouse.kafka.SimulatedCluster;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.message.Orders;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Delivered;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Place;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.queue.Taken;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// What is sent, the hosts that take or refuse it, and workers that bring it there: our real retry
/// policy, outlet and notifier between a simulated queue and simulated hosts.
final class SimulatedMail {
  static final RetrySchedule SCHEDULE =
      new RetrySchedule(
          List.of(Duration.ofSeconds(5), Duration.ofSeconds(20)), Duration.ofSeconds(90));

  private static final MessageSource MESSAGE = () -> Octets.utf8("Subject: hello\r\n").input();
  private static final Duration NO_WARNING = Duration.ofDays(1);

  private final SimulatedCluster cluster;
  private final Random dice;
  private final Map<Promise, Fortune> promises = new LinkedHashMap<>();
  private final Map<SimNode, List<Taken>> inHand = new HashMap<>();
  private boolean kind;

  /// What we owe since the 250.
  record Promise(QueueId message, Recipient to) {}

  /// What came of it.
  static final class Fortune {
    int copies;
    int excuses;
    int dropped;
    int tooEarly;

    /// What was done against the orders that its worker knew.
    final List<String> disobeyed = new ArrayList<>();

    /// How often each directive has touched it, as operators are told.
    final Map<String, Integer> touched = new TreeMap<>();
  }

  SimulatedMail(SimulatedCluster cluster, SimFaults faults) {
    this.cluster = cluster;
    this.dice = faults.dice();
  }

  Map<Promise, Fortune> promises() {
    return promises;
  }

  /// From now on every host takes everything at once.
  void beKind() {
    kind = true;
  }

  void put(Envelope envelope) {
    envelope
        .recipients()
        .forEach(to -> promises.put(new Promise(envelope.queueId(), to), new Fortune()));
    cluster.trace("put " + envelope.queueId() + " for " + envelope.recipients().size());
    cluster.put(envelope);
  }

  /// What a worker does with what it has taken.
  void deliver(Taken taken, SimNode node) {
    inHand.computeIfAbsent(node, _ -> new ArrayList<>()).add(taken);
    cluster.trace(node.name() + " takes " + text(taken));
    var due = taken.envelope().due();
    var isOrdered = taken.envelope().orders().seen() != Orders.NEVER;
    if (!isOrdered && due.filter(then -> then.isAfter(cluster.time().instant())).isPresent())
      fortunes(taken).forEach(fortune -> fortune.tooEarly++);
    node.later(millis(300), () -> obey(taken, node));
  }

  /// An event of a worker or of a mover.
  void hear(MailEvent event) {
    if (event instanceof MailEvent.Directed told)
      for (var to : told.to()) touched(told, to).merge(told.directive(), 1, Integer::sum);
  }

  private Map<String, Integer> touched(MailEvent.Directed told, MailAddress to) {
    return promises.entrySet().stream()
        .filter(one -> one.getKey().message().equals(told.queueId()))
        .filter(one -> one.getKey().to().address().equals(to))
        .findFirst()
        .orElseThrow()
        .getValue()
        .touched;
  }

  private void obey(Taken taken, SimNode node) {
    var known = node.directives();
    try {
      obedience(node).obey(taken);
      // Who is dropped leaves no other trace.
      known.parts(new Sighting(taken.envelope(), Place.DUE, Instant.EPOCH), known.newest()).stream()
          .filter(part -> part.envelope().orders().ending().filter(e -> !e.told()).isPresent())
          .flatMap(part -> part.envelope().recipients().stream())
          .forEach(to -> dropped(taken, to, known));
    } catch (Closed | InterruptedException never) {
      throw new AssertionError(never);
    }
  }

  private void dropped(Taken taken, Recipient to, Directives known) {
    fortune(taken, to).dropped++;
    if (isClear(taken) && !meant(taken, to, known).isDropped())
      fortune(taken, to).disobeyed.add("dropped");
  }

  private boolean isClear(Taken taken) {
    return Meant.isClear(cluster.directives(), taken.envelope());
  }

  /// As far as its worker can know: what it has heard of, and what the message brings with it.
  private Meant meant(Taken taken, Recipient to, Directives known) {
    var upTo = Math.max(known.newest(), taken.envelope().orders().seen());
    return Meant.of(cluster.directives(), upTo, taken.envelope(), to);
  }

  private Obedience obedience(SimNode node) {
    var outlet = outlet(node);
    Obedience.Delivery turn = taken -> node.later(millis(3_000), () -> begin(taken, node));
    var events = new DeliveryEvents(this::hear);
    return new Obedience(node::directives, outlet, events, _ -> MESSAGE, turn);
  }

  /// Its turn has come; somebody may have ordered something meanwhile.
  private void begin(Taken taken, SimNode node) {
    try {
      if (obedience(node).isOrdered(taken)) obey(taken, node);
      else converse(taken, node);
    } catch (InterruptedException never) {
      throw new AssertionError(never);
    }
  }

  /// A process has died, or is cut off: what it did and could not tell may be done again (RFC
  /// 1047), and nothing else.
  void excuse(SimNode node, boolean dead) {
    for (var taken : inHand.getOrDefault(node, List.of())) {
      var known = cluster.isDurable(taken.position());
      var told = !dead && cluster.isClaimed(taken.position(), node);
      if (!known && !told) fortunes(taken).forEach(fortune -> fortune.excuses++);
    }
  }

  private List<Fortune> fortunes(Taken taken) {
    return taken.envelope().recipients().stream().map(to -> fortune(taken, to)).toList();
  }

  private Fortune fortune(Taken taken, Recipient to) {
    var promise = new Promise(taken.envelope().queueId(), to);
    return promises.computeIfAbsent(promise, _ -> new Fortune());
  }

  /// Each recipient is answered by the dice; those who are not refused share one final dot.
  private void converse(Taken taken, SimNode node) {
    var outcomes = new LinkedHashMap<Recipient, DeliveryOutcome>();
    var roll = kind ? 0 : dice.nextInt(100);
    for (var to : taken.envelope().recipients())
      if (isClear(taken))
        meant(taken, to, node.directives())
            .complaint(taken.envelope())
            .ifPresent(fortune(taken, to).disobeyed::add);
    for (var to : taken.envelope().recipients())
      outcomes.put(to, refusal(to).orElseGet(() -> atTheDot(fortune(taken, to), roll)));
    var wait = roll >= 70 && roll < 85 ? Duration.ofSeconds(5 + dice.nextInt(55)) : millis(500);
    node.later(wait, () -> settle(taken, outcomes, node));
  }

  private Optional<DeliveryOutcome> refusal(Recipient to) {
    var roll = kind ? 0 : dice.nextInt(100);
    if (roll >= 92)
      return Optional.of(new Failed(Scope.RECIPIENT, saw("5.1.1", to.address() + " unknown")));
    if (roll >= 75)
      return Optional.of(new Deferred(Scope.RECIPIENT, saw("4.2.2", to.address() + " full")));
    return Optional.empty();
  }

  private DeliveryOutcome atTheDot(Fortune fortune, int roll) {
    if (roll < 85) {
      fortune.copies++;
      return new Delivered(saw("2.0.0", "taken"), true);
    }
    if (roll < 93) return new Deferred(Scope.MESSAGE, saw("4.3.0", "not now"));
    // The connection is lost after the dot: the host may have it, and it is sent again (RFC 1047).
    fortune.copies++;
    fortune.excuses++;
    return new Deferred(Scope.HOST, saw("4.4.2", "lost after the dot"));
  }

  private void settle(Taken taken, Map<Recipient, DeliveryOutcome> outcomes, SimNode node) {
    try {
      outlet(node)
          .settle(
              taken,
              MESSAGE,
              new Attempted(
                  outcomes, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO));
      cluster.trace(node.name() + " settles " + text(taken) + " " + said(outcomes));
    } catch (Closed never) {
      throw new AssertionError(never);
    }
  }

  private Outlet outlet(SimNode node) {
    var queue = new DurableQueue(node.mailQueue());
    return new Outlet(
        queue,
        new RetryPolicy(SCHEDULE, NO_WARNING),
        new Notifier(
            queue, new Reporter("us.example.org", node.name()), Optional.empty(), _ -> {}, 1000),
        new DeliveryEvents(_ -> {}),
        node.name(),
        cluster.time());
  }

  private Duration millis(int most) {
    return Duration.ofMillis(1 + dice.nextInt(most));
  }

  private static String text(Taken taken) {
    return taken.position() + " " + taken.envelope().queueId();
  }

  private static List<String> said(Map<Recipient, DeliveryOutcome> outcomes) {
    return outcomes.entrySet().stream()
        .map(one -> one.getKey().address() + ": " + one.getValue().getClass().getSimpleName())
        .toList();
  }

  private static Observed saw(String status, String what) {
    return new Observed(EnhancedStatus.of(status), what);
  }
}
