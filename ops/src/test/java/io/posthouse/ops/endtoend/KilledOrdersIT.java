package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.ops.testbed.Cluster;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.MailLoad;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.PosthouseProcess;
import io.posthouse.ops.testbed.Role;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Orders about mail that waits, while the worker and the mover that carry them out, one process,
/// are killed and started again.
///
/// What a host has taken, and the worker could not note before it was killed, is taken again (RFC
/// 1047): no more than [Platform#UNNOTED]. Nothing else comes twice. All of it is counted when
/// nothing waits any longer, for what is repeated may be the last to come.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledOrdersIT {
  private static final int MESSAGES = 600;
  private static final int SESSIONS = 20;

  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.patient(Cluster.shared());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @AfterEach
  void beFriendly() {
    platform.world().forget();
  }

  @Test
  void two_flushes_at_once_deliver_each_message_once() {
    var domain = platform.remoteDomain("flushed.test");
    var load = deferred(domain);
    try (var one = order("flush", domain);
        var other = order("flush", domain)) {
      killOnce("a tenth has arrived", () -> ids(domain).size() > MESSAGES / 10);
      succeeds(one);
      succeeds(other);
    }
    assertArrivesOnce(load, domain);
  }

  @Test
  void what_is_held_stays_until_it_is_released_and_comes_once() {
    var domain = platform.remoteDomain("held.test");
    var load = deferred(domain);
    try (var hold = order("hold", domain)) {
      killOnce("some are held", () -> count(domain, Place.HELD) > 0);
      succeeds(hold);
    }
    Eventually.holds("all are held", () -> count(domain, Place.HELD) == MESSAGES);
    assertEquals(0, count(domain, Place.DEFERRED));
    assertEquals(List.of(), ids(domain));

    try (var release = order("release", domain)) {
      killOnce("a tenth has arrived", () -> ids(domain).size() > MESSAGES / 10);
      succeeds(release);
    }
    assertArrivesOnce(load, domain);
    assertEquals(0, count(domain, Place.HELD));
  }

  @Test
  void what_is_bounced_makes_one_dsn_each_and_is_never_sent() throws Exception {
    var domain = platform.remoteDomain("bounced.test");
    var senders = platform.remoteDomain("client.test");
    var load = deferred(domain);
    try (var bounce = order("bounce", domain, "--reason", "we do not serve them", "--yes")) {
      killOnce("a tenth is told", () -> returned(load).size() > MESSAGES / 10);
      succeeds(bounce);
    }
    awaitAll(load, () -> returned(load), List.of(domain, senders));
    assertEquals(List.of(), ids(domain));
    // Some DSNs are made again, and some of all DSNs are delivered again.
    assertRepeats(returned(load), 2 * Platform.UNNOTED);
  }

  /// Messages that all wait, after a host that then becomes friendly.
  private static MailLoad deferred(String domain) {
    platform.world().on("RCPT TO:<x@" + domain, "452 4.2.2 full");
    var load = new MailLoad(platform.smtp(), domain, MESSAGES, _ -> "x@" + domain);
    load.start(SESSIONS).awaitSent();
    assertEquals(MESSAGES, load.acknowledged().size(), load.troubles()::toString);
    Eventually.holds("all wait", () -> waiting(domain) == MESSAGES);
    // So slow that the worker is killed in the middle.
    platform.world().forget().lateAt("(content)", Duration.ofMillis(20), "250 2.0.0 taken");
    return load;
  }

  private static PosthouseProcess order(String act, String domain, String... more) {
    var command = new ArrayList<>(List.of("queue", act, "--domain", domain));
    command.addAll(List.of("--config", platform.settings().toString()));
    command.addAll(List.of(more));
    return PosthouseProcess.start(command.toArray(String[]::new));
  }

  private static void killOnce(String what, Callable<Boolean> condition) {
    Eventually.holds(what, condition);
    platform.role(Role.DELIVER).kill();
    platform.role(Role.DELIVER).start();
  }

  private static void succeeds(PosthouseProcess order) {
    var ended = order.awaitEnd();
    assertEquals(0, ended.exitCode(), ended.errors());
  }

  private static void assertArrivesOnce(MailLoad load, String domain) {
    awaitAll(load, () -> ids(domain), List.of(domain));
    assertRepeats(ids(domain), Platform.UNNOTED);
  }

  /// Returns when all have come, and nothing waits for these domains any longer.
  private static void awaitAll(
      MailLoad load, Supplier<List<String>> arrived, List<String> domains) {
    Eventually.holds(
        "all have come", () -> new HashSet<>(arrived.get()).equals(load.acknowledged()));
    for (var domain : domains)
      for (var place : List.of(Place.FIRST, Place.DUE, Place.DEFERRED))
        Eventually.holds(
            "nothing waits for " + domain + " in " + place, () -> count(domain, place) == 0);
  }

  private static void assertRepeats(List<String> arrived, int most) {
    var repeated = arrived.size() - new HashSet<>(arrived).size();
    System.out.printf("%d of %d messages came twice%n", repeated, MESSAGES);
    assertTrue(repeated <= most, repeated + " repeated");
  }

  /// The ids of what the host has taken for a domain.
  private static List<String> ids(String domain) {
    return platform.world().messages().stream()
        .filter(message -> message.to().contains("<x@" + domain + ">"))
        .flatMap(message -> SampleMessage.id(message.wire().toArray()).stream())
        .toList();
  }

  /// The ids of what was returned to its sender, who is somewhere else, too.
  private static List<String> returned(MailLoad load) {
    return platform.world().messages().stream()
        .filter(message -> message.from().equals("<>"))
        .map(message -> new String(message.wire().toArray(), StandardCharsets.ISO_8859_1))
        .flatMap(text -> SampleMessage.all(text).stream())
        .filter(load::isOurs)
        .toList();
  }

  /// Those that wait for an hour.
  private static int waiting(String domain) {
    return count(domain, Place.DEFERRED, owed -> owed.envelope().attemptCount() == 2);
  }

  private static int count(String domain, Place place) {
    return count(domain, place, _ -> true);
  }

  private static int count(String domain, Place place, Predicate<Found.Owed> isMeant) {
    var counted = new AtomicInteger();
    var filter = QueueFilter.of(new Criterion.To(new Domain(domain)));
    try {
      new QueueScanner(platform.kafka())
          .scan(
              Set.of(place),
              found -> {
                if (found instanceof Found.Owed owed
                    && filter.matches(owed.envelope(), Instant.EPOCH)
                    && isMeant.test(owed)) counted.incrementAndGet();
                return true;
              },
              (_, _) -> {});
    } catch (KafkaUnreachable e) {
      throw new AssertionError(e);
    }
    return counted.get();
  }
}
