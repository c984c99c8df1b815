package io.posthouse.storage.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Reporter;
import io.posthouse.config.HostPort;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Orderings;
import io.posthouse.directory.UserId;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.FakeTaken;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.storage.intake.HandoverSettings.Mode;
import io.posthouse.storage.intake.HandoverSettings.Unsupported;
import io.posthouse.storage.lmtp.LmtpSettings;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Handover;
import io.posthouse.storage.mailbox.Handover.Answer;
import io.posthouse.storage.mailbox.InMemoryMailboxStore;
import io.posthouse.storage.mailbox.InMemoryReceipts;
import io.posthouse.storage.mailbox.Rules;
import io.posthouse.storage.mailbox.Rules.Verdict;
import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import io.posthouse.telemetry.MissingFeature;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HandoversTest {
  private static final UserId ALICE = new UserId("65f0c0ffee65f0c0ffee0001");
  private static final UserId BOB = new UserId("65f0c0ffee65f0c0ffee0002");
  private static final Answer NOT_NOW =
      new Answer.NotNow(new Evidence.Observed(EnhancedStatus.of("4.2.0"), "database"));
  private static final Duration DELAY = Duration.ofMinutes(5);
  private static final Duration EXPIRY = Duration.ofDays(5);

  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final InMemoryMailboxStore mailboxes = new InMemoryMailboxStore();
  private final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private final DependencyState mongodb =
      new DependencyState(Dependency.MONGODB, events::add, InstantSource.system());
  private final List<QueueId> heard = new CopyOnWriteArrayList<>();
  private volatile Hearing hearing = _ -> new Answer.Taken("250 ok", false);
  private volatile Instant now = Samples.message(Samples.ALICE).arrived();
  private volatile Rules rules = Rules.NONE;
  private volatile Directives directives = Directives.NONE;
  private final StorageWriter writer = writer(Mode.LMTP);
  private final StorageWriter own = writer(Mode.MONGODB);

  private interface Hearing {
    Answer hear(Delivery delivery) throws IOException, InterruptedException;
  }

  @AfterEach
  void close() {
    writer.close();
    own.close();
  }

  @Test
  void a_message_is_settled_when_it_was_taken() {
    writer.start();
    var taken = take(writer, ALICE);
    awaitSettled(taken);
    assertEquals(List.of(taken.envelope().queueId()), heard);
    assertEquals(0, mailboxes.batchSizes().size());
    var event = await().until(() -> first(MailEvent.HandedOver.class), Optional::isPresent).get();
    assertEquals(Set.of(), event.why());
    assertEquals("250 ok", event.said());
  }

  @Test
  void what_waits_for_the_other_system_can_be_held() {
    hearing = _ -> new Answer.Unavailable("not talking");
    writer.start();
    var held = take(writer, ALICE);
    var waiting = take(writer, BOB);
    await().until(() -> !heard.isEmpty());
    var filter = QueueFilter.of(new Criterion.Id(held.envelope().queueId()));
    directives = Orderings.table(Orderings.directive("hold-1", new Act.Hold(), filter));
    awaitSettled(held);
    assertEquals(1, queue.envelopes("held").size());
    assertFalse(waiting.isSettled());
  }

  @Test
  void all_parts_of_a_message_that_orders_have_taken_apart_are_handed_over() {
    var other = MailAddress.of("other@example.test");
    var filter =
        QueueFilter.of(new Criterion.Recipient(PathPattern.parse(other.toString()).orElseThrow()));
    // Both become known after the message came in, so that only who hands over hears of them.
    rules =
        batch -> {
          directives =
              Orderings.table(
                  Orderings.directive("hold-1", new Act.Hold(), filter),
                  Orderings.directive(new Act.Release()));
          return List.of(new Verdict.HandOver(Set.of(MissingFeature.AUDIT)));
        };
    own.start();
    var taken =
        take(
            own,
            Samples.message(
                new Recipient(MailAddress.of("someone@example.test"), new Destination.Local(ALICE)),
                new Recipient(other, new Destination.Local(ALICE))));
    awaitSettled(taken);
    assertEquals(2, heard.size());
  }

  @Test
  void only_mail_of_users_who_have_what_we_do_not_know_is_handed_over_where_we_store() {
    mailboxes.addUser(BOB);
    rules =
        batch ->
            batch.stream()
                .<Verdict>map(d ->
                    d.user().equals(ALICE)
                        ? new Verdict.HandOver(Set.of(MissingFeature.AUDIT))
                        : new Verdict.Keep(d))
                .toList();
    own.start();
    awaitSettled(take(own, ALICE));
    awaitSettled(take(own, BOB));
    assertEquals(1, mailboxes.inbox(BOB).size());
    assertEquals(1, heard.size());
    assertEquals(
        Set.of(MissingFeature.AUDIT), first(MailEvent.HandedOver.class).orElseThrow().why());
  }

  @Test
  void while_nobody_answers_all_wait_and_none_is_settled() {
    hearing = _ -> new Answer.Unavailable("no server");
    writer.start();
    var taken = List.of(take(writer, ALICE), take(writer, BOB));
    await().until(() -> heard.size() > 2);
    assertTrue(taken.stream().noneMatch(FakeTaken::isSettled));
    hearing = _ -> new Answer.Taken("250 ok", false);
    taken.forEach(HandoversTest::awaitSettled);
    assertEquals(0, queue.records("dead").size());
  }

  @Test
  void a_log_that_does_not_answer_is_told_as_what_it_is() {
    hearing =
        _ -> {
          throw new IOException("no MongoDB");
        };
    writer.start();
    var taken = take(writer, ALICE);
    await().until(() -> mongodb.now() instanceof Health.NotOk);
    assertFalse(taken.isSettled());
    hearing = _ -> new Answer.Taken("250 ok", false);
    awaitSettled(taken);
    assertEquals(new Health.Ok(), mongodb.now());
  }

  @Test
  void what_is_not_wanted_now_goes_back_into_the_queue_and_those_behind_it_go_on() {
    var poison = message(ALICE);
    hearing = d -> d.envelope().queueId().equals(poison.queueId()) ? NOT_NOW : taken();
    writer.start();
    var first = take(writer, poison);
    awaitSettled(take(writer, ALICE));
    awaitSettled(first);
    var deferred = queue.envelopes("retry.5m").getFirst();
    assertEquals(poison.queueId(), deferred.queueId());
    assertEquals(Optional.of(now.plus(DELAY)), deferred.due());
    assertEquals("database", deferred.attempts().getFirst().said());
    assertEquals("store-1", deferred.attempts().getFirst().node());
    assertEquals(1, first(MailEvent.Deferred.class).orElseThrow().attempt());
  }

  @Test
  void what_is_never_wanted_goes_to_the_dead_letters_and_to_no_sender() {
    hearing = _ -> NOT_NOW;
    now = now.plus(EXPIRY);
    writer.start();
    awaitSettled(take(writer, ALICE));
    hearing = _ -> new Answer.Refused("552 5.2.3 too long");
    awaitSettled(take(writer, ALICE));
    assertEquals(2, queue.records("dead").size());
    assertEquals(0, queue.records("remote").size());
    assertTrue(
        events.stream()
            .anyMatch(e ->
                e instanceof MailEvent.DeadLettered(_, _, var why)
                    && why.equals("552 5.2.3 too long")));
  }

  @Test
  void a_user_has_one_message_under_way_and_the_others_are_not_held_up() {
    var under = new AtomicInteger();
    var go = new CountDownLatch(1);
    hearing =
        d -> {
          if (!d.user().equals(ALICE)) return taken();
          assertEquals(1, under.incrementAndGet());
          go.await();
          under.decrementAndGet();
          return taken();
        };
    writer.start();
    var hers = List.of(take(writer, ALICE), take(writer, ALICE), take(writer, ALICE));
    awaitSettled(take(writer, BOB));
    go.countDown();
    hers.forEach(HandoversTest::awaitSettled);
    assertEquals(
        hers.stream().map(taken -> taken.envelope().queueId()).toList(),
        heard.stream().filter(id -> hers.stream().anyMatch(t -> is(t, id))).toList());
    assertTrue(first(MailEvent.Bug.class).isEmpty());
  }

  @Test
  void a_fault_of_ours_is_tried_again_and_then_put_aside() {
    hearing =
        _ -> {
          throw new IllegalStateException("a bug");
        };
    writer.start();
    awaitSettled(take(writer, ALICE));
    assertEquals(4, heard.size());
    assertEquals(1, queue.records("dead").size());
  }

  @Test
  void an_overflow_of_the_stack_is_a_fault_of_ours_too() {
    hearing =
        d -> {
          if (d.user().equals(ALICE)) throw new StackOverflowError();
          return taken();
        };
    writer.start();
    awaitSettled(take(writer, ALICE));
    assertEquals(1, queue.records("dead").size());
    awaitSettled(take(writer, BOB));
  }

  @Test
  void a_sender_who_asked_for_it_is_told_that_it_was_taken() {
    writer.start();
    var recipient =
        Samples.notifying(
            new Recipient(MailAddress.of("someone@example.test"), new Destination.Local(ALICE)),
            Recipient.Notify.SUCCESS);
    awaitSettled(take(writer, Samples.message(recipient)));
    assertEquals(1, queue.records("remote").size());
  }

  @Test
  void an_end_within_a_hand_over_settles_nothing() {
    var begun = new CountDownLatch(1);
    var broken = new CountDownLatch(1);
    hearing =
        _ -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
            return taken();
          } finally {
            broken.countDown();
          }
        };
    writer.start();
    var taken = take(writer, ALICE);
    await().until(() -> begun.getCount() == 0);
    writer.close();
    await().until(() -> broken.getCount() == 0);
    assertFalse(taken.isSettled());
    assertInstanceOf(Health.Ok.class, mongodb.now());
  }

  private static boolean is(FakeTaken taken, QueueId id) {
    return taken.envelope().queueId().equals(id);
  }

  private static Answer taken() {
    return new Answer.Taken("250 ok", false);
  }

  private StorageWriter writer(Mode mode) {
    return new StorageWriter(
        settings(mode),
        new StorageWriter.Surroundings(
            mailboxes,
            new InMemoryReceipts(),
            batch -> rules.judge(batch),
            (_, _, _) -> Optional.of("nobody forwards"),
            Optional.of(
                new HandoverTerms(
                    new Heard(), 2, new RetrySchedule(List.of(DELAY), EXPIRY), "store-1")),
            queue,
            queue,
            () -> directives,
            new Notifier(
                new DurableQueue(queue),
                new Reporter("us.example.org", "store-1"),
                Optional.empty(),
                events::add,
                0),
            mongodb,
            events::add,
            new Metrics(),
            () -> now));
  }

  private static StorageSettings settings(Mode mode) {
    var byDefault = StorageSettings.DEFAULT;
    var lmtp = new LmtpSettings(new HostPort("localhost", 2424), 2);
    return new StorageSettings(
        byDefault.writers(),
        byDefault.batchMessages(),
        byDefault.batchSize(),
        byDefault.encryption(),
        new HandoverSettings(mode, Unsupported.HANDOVER, Optional.of(lmtp)),
        Optional.empty());
  }

  private final class Heard implements Handover {
    @Override
    public Answer handOver(Delivery delivery) throws IOException, InterruptedException {
      heard.add(delivery.envelope().queueId());
      return hearing.hear(delivery);
    }

    @Override
    public void close() {}
  }

  private <T extends MailEvent> Optional<T> first(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static FakeTaken take(StorageWriter writer, UserId user) {
    return take(writer, message(user));
  }

  private static FakeTaken take(StorageWriter writer, Envelope message) {
    var taken = new FakeTaken(message);
    writer.take(taken);
    return taken;
  }

  private static Envelope message(UserId user) {
    var address = MailAddress.of("someone@example.test");
    return Samples.message(new Recipient(address, new Destination.Local(user)));
  }

  private static void awaitSettled(FakeTaken taken) {
    await().until(taken::isSettled);
  }
}
