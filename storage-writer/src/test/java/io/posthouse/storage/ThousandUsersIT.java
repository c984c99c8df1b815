package io.posthouse.storage;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.UserId;
import io.posthouse.embedded.TestMongo;
import io.posthouse.kafka.TopicPlan;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Samples;
import io.posthouse.storage.intake.StorageSettings;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Much mail for many users, through a real broker into a real database: 20,000 messages, or as
/// many as property `posthouse.thousand.messages` says.
final class ThousandUsersIT {
  private static final int USERS = 1_000;
  private static final int MESSAGES = Integer.getInteger("posthouse.thousand.messages", 20_000);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int PUT_AT_ONCE = 1_000;

  /// Two writers share them.
  private static final TopicPlan.Layout LAYOUT = new TopicPlan.Layout(4, 1, 1, false);

  private final Set<String> put = ConcurrentHashMap.newKeySet();
  private final AtomicInteger storedByFirst = new AtomicInteger();
  private final AtomicInteger storedBySecond = new AtomicInteger();

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void a_thousand_users_have_every_message_once_while_writers_come_and_die() throws Exception {
    var database = TestMongo.shared().freshDatabase(getClass());
    try (var rig = new StorageRig(getClass(), TestMongo.shared().uri(), database, LAYOUT)) {
      var mailboxes = new ManyMailboxes(rig.mongo, rig.addUser(), USERS);
      var journal = new JournalWatch(rig.mongo);

      put(rig, mailboxes.users(), MESSAGES / 2);
      var first = rig.start("first", counting(storedByFirst));
      awaitStored(mailboxes, journal);
      mailboxes.assertNumberedWithoutGaps();

      var second = rig.start("second", counting(storedBySecond));
      put(rig, mailboxes.users(), MESSAGES / 2);
      await().atMost(LONG).until(() -> storedBySecond.get() > MESSAGES / 20);
      kill(first);
      var firstAgain = rig.start("first", counting(storedByFirst));
      awaitStored(mailboxes, journal);

      assertEquals(put, mailboxes.queueIds());
      mailboxes.assertUsedIsWhatIsStored();
      journal.assertTellsOf(mailboxes.messages());
      // Nobody's is only a number that was being given when its user went to the other writer.
      assertTrue(mailboxes.numbersOfNobody() <= 2 * mostInFlight(), mailboxes::toString);
      kill(second);
      kill(firstAgain);
    }
  }

  private static long mostInFlight() {
    return (long) StorageSettings.DEFAULT.writers() * StorageSettings.DEFAULT.batchMessages();
  }

  private void awaitStored(ManyMailboxes mailboxes, JournalWatch journal) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> journal.look() == put.size() && mailboxes.count() == put.size());
  }

  private void put(StorageRig rig, List<UserId> users, int messages) throws InterruptedException {
    var free = new Semaphore(PUT_AT_ONCE);
    var troubles = ConcurrentHashMap.<Throwable>newKeySet();
    for (int i = 0; i < messages; i++) {
      free.acquire();
      var id = Samples.queueId();
      put.add(id.text());
      var content = Samples.text("Subject: " + i + "\r\nMessage-ID: <" + id + "@x>\r\n\r\nx\r\n");
      var _ =
          rig.put(id, users.get(i % users.size()), content)
              .whenComplete((_, trouble) -> {
                if (trouble != null) troubles.add(trouble);
                free.release();
              });
    }
    free.acquire(PUT_AT_ONCE);
    assertEquals(Set.of(), troubles);
  }

  /// Without a drain: whatever it was doing is broken off.
  private static void kill(List<Service> writer) {
    writer.reversed().forEach(Service::close);
  }

  private static Events counting(AtomicInteger stored) {
    return event -> {
      if (event instanceof MailEvent.Stored) stored.incrementAndGet();
    };
  }
}
