package io.posthouse.delivery.intake;

import io.posthouse.delivery.intake.SimulatedMail.Fortune;
import io.posthouse.delivery.intake.SimulatedMail.Promise;
import io.posthouse.kafka.SimFaults;
import io.posthouse.kafka.SimFaults.BrokenRule;
import io.posthouse.kafka.SimNode;
import io.posthouse.kafka.SimulatedCluster;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// One seed.
///
/// Three workers that are killed, ended, cut off and started again, and where they are told to, two
/// operators who give orders meanwhile.
final class SimulatedRun {
  private static final Duration STORM = Duration.ofSeconds(100);
  private static final Duration CALM = Duration.ofMinutes(10);
  private static final Duration A_WHILE = Duration.ofSeconds(10);
  private static final List<String> NAMES = List.of("w1", "w2", "w3");
  private static final int MESSAGES = 16;

  private final long seed;
  private final Random dice;
  private final SimFaults faults;
  private final SimulatedCluster cluster;
  private final SimulatedMail mail;
  private final TreeMap<String, SimNode> nodes = new TreeMap<>();

  /// @param orders that operators give, at most
  SimulatedRun(long seed, int orders, BrokenRule... broken) {
    this.seed = seed;
    dice = new Random(seed);
    faults = new SimFaults(dice, broken);
    cluster = new SimulatedCluster(faults, SimulatedMail.SCHEDULE);
    mail = new SimulatedMail(cluster, faults);
    for (int i = 0; i < MESSAGES; i++) sometime(this::put);
    NAMES.forEach(name -> cluster.time().after(upTo(10_000), () -> start(name)));
    for (int i = 3 + dice.nextInt(6); i > 0; i--) sometime(this::disturb);
    var operators = new SimulatedOperators(cluster, dice);
    for (int i = dice.nextInt(orders + 1); i > 0; i--) sometime(operators::order);
    cluster.time().pass(STORM);
    faults.end();
    mail.beKind();
    for (var end = cluster.time().passed().plus(CALM); isOwed(end); ) cluster.time().pass(A_WHILE);
    cluster.time().pass(A_WHILE);
    cluster.events().forEach(mail::hear);
  }

  private boolean isOwed(Duration end) {
    return (cluster.owed() > 0 || !cluster.isSwept()) && cluster.time().passed().compareTo(end) < 0;
  }

  String trace() {
    return cluster.trace();
  }

  /// What is wrong; empty where nothing is.
  String verdict() {
    var wrong = new ArrayList<String>();
    if (cluster.owed() > 0) wrong.add(cluster.owed() + " records are still owed");
    if (!cluster.isSwept()) wrong.add("not all that was ordered is done");
    mail.promises().forEach((promise, fortune) -> judge(promise, fortune).ifPresent(wrong::add));
    return wrong.isEmpty() ? "" : "seed " + seed + ": " + wrong + "\n" + trace();
  }

  private Optional<String> judge(Promise promise, Fortune fortune) {
    var told = dsns(promise);
    var dead = in(cluster.envelopes(cluster.topics().dead()), promise);
    var held = in(cluster.held(), promise);
    var ends = fortune.copies + told + dead + held + fortune.dropped;
    var fate =
        "%s: %d copies, %d DSNs, %d dead letters, %d held, %d dropped, %d excuses"
            .formatted(
                text(promise), fortune.copies, told, dead, held, fortune.dropped, fortune.excuses);
    if (ends == 0) return Optional.of(text(promise) + " is lost");
    if (ends > 1 + fortune.excuses) return Optional.of(fate);
    if (held > 0 && !isMeantToBeHeld(promise)) return Optional.of(fate + ", and was released");
    if (!fortune.disobeyed.isEmpty()) return Optional.of(text(promise) + ": " + fortune.disobeyed);
    if (fortune.touched.values().stream().anyMatch(often -> often > 1 + fortune.excuses))
      return Optional.of(fate + ", touched " + fortune.touched);
    return fortune.tooEarly == 0
        ? Optional.empty()
        : Optional.of(text(promise) + " before its time");
  }

  private boolean isMeantToBeHeld(Promise promise) {
    var all = cluster.directives();
    return cluster.held().stream()
        .filter(envelope -> envelope.queueId().equals(promise.message()))
        .filter(envelope -> Meant.isClear(all, envelope))
        .allMatch(held -> Meant.of(all, all.newest(), held, promise.to()).isHeld());
  }

  private int dsns(Promise promise) {
    return (int)
        cluster.envelopes(cluster.topics().local()).stream()
            .map(envelope -> text(envelope))
            .filter(text -> text.contains("queued here as " + promise.message()))
            .filter(text -> text.contains("Final-Recipient: rfc822; " + promise.to().address()))
            .count();
  }

  private static int in(List<Envelope> envelopes, Promise promise) {
    return (int)
        envelopes.stream()
            .filter(e -> e.queueId().equals(promise.message()))
            .filter(e -> e.recipients().contains(promise.to()))
            .count();
  }

  private static String text(Promise promise) {
    return promise.message() + " for " + promise.to().address();
  }

  private static String text(Envelope envelope) {
    return envelope.content() instanceof Content.Inline(Octets octets)
        ? new String(octets.toArray(), StandardCharsets.US_ASCII)
        : "";
  }

  private void start(String name) {
    nodes.put(name, cluster.start(name, mail::deliver, () -> ended(name)));
  }

  private void ended(String name) {
    var node = nodes.get(name);
    if (node != null) mail.excuse(node, true);
    cluster.time().after(upTo(15_000), () -> start(name));
  }

  private void disturb() {
    var node = nodes.get(NAMES.get(dice.nextInt(NAMES.size())));
    if (node == null || !node.isAlive()) return;
    switch (dice.nextInt(3)) {
      case 0 -> node.kill();
      case 1 -> node.drain();
      default -> {
        mail.excuse(node, false);
        node.stall(Duration.ofSeconds(8 + dice.nextInt(20)));
      }
    }
  }

  private void put() {
    var to = new ArrayList<Recipient>();
    for (int i = dice.nextInt(3); i >= 0; i--)
      to.add(Samples.remote("u" + i + "@d" + dice.nextInt(4) + ".example"));
    var domain = to.getFirst().destination();
    to.removeIf(recipient -> !recipient.destination().equals(domain));
    mail.put(message(to));
  }

  private Envelope message(List<Recipient> to) {
    var number = "%015d".formatted(mail.promises().size());
    return Envelope.accepted(
        new QueueId(number),
        Samples.message(Samples.CAROL).reversePath(),
        Optional.of((Destination.Local) Samples.ALICE.destination()),
        to,
        MailParameters.NONE,
        Samples.message(Samples.CAROL).client(),
        cluster.time().instant(),
        Octets.EMPTY,
        new Content.Inline(Octets.utf8("Subject: hello\r\n")));
  }

  private void sometime(Runnable what) {
    cluster.time().after(upTo((int) STORM.toMillis()), what);
  }

  private Duration upTo(int millis) {
    return Duration.ofMillis(dice.nextInt(millis));
  }
}
