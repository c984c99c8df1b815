package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.ops.testbed.Cluster;
import io.posthouse.ops.testbed.DatabaseCopy;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.MailLoad;
import io.posthouse.ops.testbed.Mailboxes;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import io.posthouse.queue.Place;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// `ops/runbooks/disaster.md`: the database is lost, a copy of it is restored, and the log brings
/// back what came after, but not what an operator had dropped. `-Dposthouse.drill=10000` is the
/// drill in full; half as many come after the copy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisasterDrillIT {
  private static final int MESSAGES = Integer.getInteger("posthouse.drill", 2_000);
  private static final int DROPPED = 40;
  private static final int USERS = 20;
  private static final int SESSIONS = 8;

  private final Platform platform = new Platform(Cluster.shared());
  private final Mailboxes mailboxes = platform.mailboxes();

  @BeforeAll
  void users() {
    for (int i = 0; i < USERS; i++) platform.user(user(i));
    platform.remoteDomain("onward.test");
    var ended = platform.run("user", "set", user(0), "--forward", "keeper@onward.test");
    assertEquals(0, ended.exitCode(), ended.errors());
  }

  @AfterAll
  void close() {
    mailboxes.close();
    platform.close();
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void after_a_replay_the_mailboxes_are_as_if_there_had_been_no_disaster() {
    var began = Instant.now();
    store("before", MESSAGES);
    try (var copy = platform.copyDatabase()) {
      assertEquals(MESSAGES, copy.count("messages"));
      var restored = mailboxes.copies();
      store("after", MESSAGES / 2);
      drop("dropped", user(1));
      var copies = mailboxes.copies();
      var counts = mailboxes.counts();
      var forwarded = platform.world().messages().size();
      assertTrue(forwarded > 0);

      lose(copy);
      assertEquals(restored, mailboxes.copies());
      replay(began);

      assertEquals(copies, mailboxes.copies());
      assertEquals(counts, mailboxes.counts());
      assertTrue(mailboxes.copies().containsAll(restored), "what was restored has changed");
      // The copy did not know of those that were sent on after it.
      assertEquals(forwarded, platform.world().messages().size());
    }
  }

  private void lose(DatabaseCopy copy) {
    platform.role(Role.STORE).kill();
    copy.throwAway();
    assertEquals(Set.of(), mailboxes.copies());
    copy.restore();
    platform.role(Role.STORE).start();
  }

  private void replay(Instant from) {
    var command =
        new String[] {
          "queue", "replay", "--topic", "local", "--from", from.toString(), "--format", "json"
        };
    var dry = platform.run(with(command, "--dry-run"));
    assertEquals(0, dry.exitCode(), dry.errors());
    var all = MESSAGES + MESSAGES / 2;
    assertEquals(all, Document.parse(dry.text()).getInteger("would_be_replayed"));
    var ended = platform.run(with(command, "--yes"));
    assertEquals(0, ended.exitCode(), ended.errors());
    var counts = Document.parse(ended.text());
    assertEquals(all, counts.getInteger("replayed"));
    // Where they came, and where they were brought from what was held.
    assertEquals(2 * DROPPED, counts.getInteger("given_up"));
    awaitNothingOwed();
  }

  private void store(String run, int messages) {
    var before = mailboxes.count();
    try (var load = new MailLoad(platform.smtp(), run, messages, i -> user(i % USERS))) {
      load.start(SESSIONS).awaitSent();
      assertEquals(messages, load.acknowledged().size(), load.troubles()::toString);
    }
    Eventually.holds("all are stored", () -> mailboxes.count() == before + messages);
    awaitNothingOwed();
  }

  /// Mail of a user that comes is held, and then dropped. Neither order is about what is stored.
  private void drop(String run, String user) {
    order("hold", "--recipient", user, "--until", "1h", "--reason", "spam");
    try (var load = new MailLoad(platform.smtp(), run, DROPPED, _ -> user)) {
      load.start(SESSIONS).awaitSent();
      assertEquals(DROPPED, load.acknowledged().size(), load.troubles()::toString);
    }
    Eventually.holds("all are held", () -> queued(EnumSet.of(Place.HELD)) == DROPPED);
    order("drop", "--recipient", user, "--reason", "spam", "--yes");
    Eventually.holds("none is held", () -> queued(EnumSet.of(Place.HELD)) == 0);
    awaitNothingOwed();
  }

  private void order(String... words) {
    var command = Stream.concat(Stream.of("queue"), Stream.of(words)).toArray(String[]::new);
    var ended = platform.run(command);
    assertEquals(0, ended.exitCode(), ended.errors());
  }

  /// What is settled is committed a little later, and what is sent on goes its way.
  private void awaitNothingOwed() {
    var owed = EnumSet.of(Place.FIRST, Place.SPLIT, Place.DUE, Place.DEFERRED);
    Eventually.holds("nothing is owed", () -> queued(owed) == 0);
  }

  private long queued(Set<Place> places) throws KafkaUnreachable {
    var found = new AtomicLong();
    new QueueScanner(platform.kafka())
        .scan(
            places,
            _ -> {
              found.incrementAndGet();
              return true;
            },
            (_, _) -> {});
    return found.get();
  }

  private static String[] with(String[] command, String option) {
    var all = Arrays.copyOf(command, command.length + 1);
    all[command.length] = option;
    return all;
  }

  private static String user(int number) {
    return "drill%d@local.test".formatted(number);
  }
}
