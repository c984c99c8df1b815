package io.posthouse.delivery.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole clusters in virtual time: three workers that are killed, ended, cut off and started again
/// while they deliver, on partitions that move, with commits that get lost. More seeds:
/// `-Dposthouse.seeds=100000`.
class ClusterSimulationTest {
  private static final int SEEDS = Integer.getInteger("posthouse.seeds", 1_000);

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void nothing_is_lost_nothing_bounced_twice_and_no_copy_is_avoidable() {
    LongStream.range(0, SEEDS).forEach(seed -> assertEquals("", new Run(seed).verdict()));
  }

  @Test
  void the_same_seed_is_the_same_run() {
    assertEquals(new Run(42).trace(), new Run(42).trace());
  }

  @ParameterizedTest
  @EnumSource(BrokenRule.class)
  void a_broken_rule_is_noticed(BrokenRule rule) {
    assertTrue(
        LongStream.range(0, 1_000).anyMatch(seed -> !new Run(seed, rule).verdict().isEmpty()),
        () -> "1000 seeds, and nobody noticed that it " + rule);
  }

  /// One seed.
  private static final class Run {
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

    Run(long seed, BrokenRule... broken) {
      this.seed = seed;
      dice = new Random(seed);
      faults = new SimFaults(dice, broken);
      cluster = new SimulatedCluster(faults, SimulatedMail.SCHEDULE);
      mail = new SimulatedMail(cluster, faults);
      for (int i = 0; i < MESSAGES; i++) sometime(this::put);
      NAMES.forEach(name -> cluster.time().after(upTo(10_000), () -> start(name)));
      for (int i = 3 + dice.nextInt(6); i > 0; i--) sometime(this::disturb);
      cluster.time().pass(STORM);
      faults.end();
      mail.beKind();
      for (var end = cluster.time().passed().plus(CALM); isOwed(end); )
        cluster.time().pass(A_WHILE);
    }

    private boolean isOwed(Duration end) {
      return cluster.owed() > 0 && cluster.time().passed().compareTo(end) < 0;
    }

    String trace() {
      return cluster.trace();
    }

    /// What is wrong; empty where nothing is.
    String verdict() {
      var wrong = new ArrayList<String>();
      if (cluster.owed() > 0) wrong.add(cluster.owed() + " records are still owed");
      mail.promises().forEach((promise, fortune) -> judge(promise, fortune).ifPresent(wrong::add));
      return wrong.isEmpty() ? "" : "seed " + seed + ": " + wrong + "\n" + trace();
    }

    private Optional<String> judge(Promise promise, Fortune fortune) {
      var told = dsns(promise);
      var dead = in(cluster.topics().dead(), promise);
      var ends = fortune.copies + told + dead;
      if (ends == 0) return Optional.of(text(promise) + " is lost");
      if (ends > 1 + fortune.excuses)
        return Optional.of(
            "%s: %d copies, %d DSNs, %d dead letters, %d excuses"
                .formatted(text(promise), fortune.copies, told, dead, fortune.excuses));
      return fortune.tooEarly == 0
          ? Optional.empty()
          : Optional.of(text(promise) + " before its time");
    }

    private int dsns(Promise promise) {
      return (int)
          cluster.envelopes(cluster.topics().local()).stream()
              .map(envelope -> text(envelope))
              .filter(text -> text.contains("queued here as " + promise.message()))
              .filter(text -> text.contains("Final-Recipient: rfc822; " + promise.to().address()))
              .count();
    }

    private int in(String topic, Promise promise) {
      return (int)
          cluster.envelopes(topic).stream()
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
}
