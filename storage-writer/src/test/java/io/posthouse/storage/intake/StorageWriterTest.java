package io.posthouse.storage.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Reporter;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.FakeTaken;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.InMemoryMailboxStore;
import io.posthouse.storage.mailbox.InMemoryReceipts;
import io.posthouse.storage.mailbox.MailboxStore;
import io.posthouse.storage.mailbox.Redirector;
import io.posthouse.storage.mailbox.Rules;
import io.posthouse.storage.mailbox.Rules.Verdict;
import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StorageWriterTest {
  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final InMemoryMailboxStore mailboxes = new InMemoryMailboxStore();
  private final AtomicReference<MailboxStore> store = new AtomicReference<>(mailboxes);
  private final AtomicReference<ContentStore> contents = new AtomicReference<>(queue);
  private final AtomicReference<Redirector> redirector =
      new AtomicReference<>((_, _, _) -> Optional.of("nobody forwards"));
  private final AtomicReference<Rules> rules = new AtomicReference<>(Rules.NONE);
  private final InMemoryReceipts receipts = new InMemoryReceipts();
  private final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private final DependencyState mongodb =
      new DependencyState(Dependency.MONGODB, events::add, InstantSource.system());
  private final StorageWriter writer =
      new StorageWriter(
          StorageSettings.DEFAULT,
          new StorageWriter.Surroundings(
              batch -> store.get().store(batch),
              receipts,
              batch -> rules.get().judge(batch),
              (message, address, sent) -> redirector.get().redirect(message, address, sent),
              Optional.empty(),
              (id, content) -> contents.get().open(id, content),
              queue,
              DirectiveTable.EMPTY,
              new Notifier(
                  new DurableQueue(queue),
                  new Reporter("us.example.org", "store-1"),
                  Optional.empty(),
                  events::add,
                  0),
              mongodb,
              events::add,
              new Metrics(),
              InstantSource.system()));
  private final UserId alice = user(1);
  private final UserId bob = user(2);

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void a_message_is_in_the_mailbox_before_it_is_settled() {
    writer.start();
    var taken = take(alice);
    awaitSettled(taken);
    assertEquals(1, mailboxes.inbox(alice).size());
    await().until(() -> events.stream().anyMatch(MailEvent.Stored.class::isInstance));
  }

  @Test
  void what_waits_together_is_stored_together() {
    var all = List.of(take(alice), take(bob), take(alice), take(bob), take(bob));
    writer.start();
    all.forEach(StorageWriterTest::awaitSettled);
    assertEquals(List.of(5), mailboxes.batchSizes());
  }

  @Test
  void while_the_store_is_down_nothing_is_settled_and_the_reason_is_told() {
    mailboxes.breakDown("no server");
    writer.start();
    var taken = take(alice);
    await().until(() -> mongodb.now() instanceof Health.NotOk);
    assertFalse(taken.isSettled());
    assertTrue(((Health.NotOk) mongodb.now()).reason().contains("no server"));

    mailboxes.recover();
    awaitSettled(taken);
    assertEquals(new Health.Ok(), mongodb.now());
  }

  @Test
  void a_message_that_is_refused_goes_to_the_dead_letters_and_those_beside_it_go_on() {
    var poison = take(alice);
    var good = take(alice);
    mailboxes.refuse(new Delivery.Key(poison.envelope().queueId(), alice), "too strange");
    writer.start();
    awaitSettled(poison);
    awaitSettled(good);
    assertEquals(1, mailboxes.inbox(alice).size());
    assertEquals(1, queue.records("dead").size());
    assertTrue(
        events.stream()
            .anyMatch(e ->
                e instanceof MailEvent.DeadLettered(_, _, var why) && why.equals("too strange")));
  }

  @Test
  void a_message_for_a_deleted_user_is_not_settled_before_the_dead_letters_have_it() {
    queue.refuseNext(1, "Kafka is down");
    writer.start();
    var taken = take(user(77));
    awaitSettled(taken);
    assertEquals(1, queue.records("dead").size());
  }

  @Test
  void a_fault_of_ours_takes_only_its_own_message_along() {
    var poison = take(alice);
    var good = List.of(take(alice), take(bob));
    var key = new Delivery.Key(poison.envelope().queueId(), alice);
    store.set(batch -> {
      if (batch.stream().anyMatch(delivery -> delivery.key().equals(key)))
        throw new IllegalStateException("a bug");
      return mailboxes.store(batch);
    });
    writer.start();
    good.forEach(StorageWriterTest::awaitSettled);
    awaitSettled(poison);
    assertEquals(1, queue.records("dead").size());
    assertTrue(events.stream().anyMatch(MailEvent.Bug.class::isInstance));
  }

  @Test
  void an_overflow_of_the_stack_takes_only_its_own_message_along() {
    var poison = take(alice);
    var good = List.of(take(alice), take(bob));
    var key = new Delivery.Key(poison.envelope().queueId(), alice);
    store.set(batch -> {
      if (batch.stream().anyMatch(delivery -> delivery.key().equals(key)))
        throw new StackOverflowError();
      return mailboxes.store(batch);
    });
    writer.start();
    good.forEach(StorageWriterTest::awaitSettled);
    awaitBuried(poison);
  }

  @Test
  void rules_that_overflow_the_stack_take_only_their_own_message_along() {
    var poison = take(alice);
    var good = List.of(take(alice), take(bob));
    var key = new Delivery.Key(poison.envelope().queueId(), alice);
    rules.set(batch -> {
      if (batch.stream().anyMatch(delivery -> delivery.key().equals(key)))
        throw new StackOverflowError();
      return Rules.NONE.judge(batch);
    });
    writer.start();
    good.forEach(StorageWriterTest::awaitSettled);
    awaitBuried(poison);
  }

  @Test
  void content_whose_loading_fails_as_nobody_foresaw_takes_only_its_own_message_along() {
    var poison = take(alice);
    var overflow = take(bob);
    var good = List.of(take(alice), take(bob));
    contents.set((id, content) -> {
      if (id.equals(poison.envelope().queueId())) throw new IllegalStateException("a bug");
      if (id.equals(overflow.envelope().queueId())) throw new StackOverflowError();
      return queue.open(id, content);
    });
    writer.start();
    good.forEach(StorageWriterTest::awaitSettled);
    awaitBuried(poison);
    awaitBuried(overflow);
  }

  @Test
  void what_follows_from_a_message_and_overflows_the_stack_ends_among_the_dead_letters() {
    Rules.Sequel sequel =
        () -> {
          throw new StackOverflowError();
        };
    rules.set(batch ->
        batch.stream()
            .<Verdict>map(d -> new Verdict.Keep(d, List.of(), Optional.of(sequel)))
            .toList());
    writer.start();
    awaitBuried(take(alice));
  }

  @Test
  void content_that_is_gone_for_ever_goes_to_the_dead_letters() {
    writer.start();
    var nowhere = new RecordPosition("local", 0, 123_456);
    var taken = take(alice, new Content.InRecord(nowhere, 10));
    awaitSettled(taken);
    assertEquals(1, queue.records("dead").size());
  }

  @Test
  void content_that_cannot_be_fetched_now_holds_up_no_other_user() {
    var unreachable = take(alice, new Content.InRecord(new RecordPosition("local", 0, 0), 10));
    contents.set((id, content) -> {
      if (content instanceof Content.InRecord) throw new IOException("Kafka is down");
      return queue.open(id, content);
    });
    writer.start();
    var good = take(bob);
    awaitSettled(good);
    assertFalse(unreachable.isSettled());

    contents.set((_, _) -> Octets.utf8("Subject: late\r\n\r\n").input());
    awaitSettled(unreachable);
    assertEquals(1, mailboxes.inbox(alice).size());
  }

  @Test
  void a_sender_who_asked_for_it_is_told_that_the_message_is_stored() {
    writer.start();
    var taken = take(Samples.message(confirmed(alice)));
    awaitSettled(taken);
    var dsn = queue.envelopes("remote").getFirst();
    var text = new String(((Content.Inline) dsn.content()).octets().toArray(), US_ASCII);
    assertTrue(text.contains("\r\nAction: delivered\r\nStatus: 2.1.5\r\n"), text);
    assertTrue(text.contains("\r\n\r\nReceived: from client.example.com\r\nSubject: hello"), text);
    assertEquals(new ReversePath.Null(), dsn.reversePath());
  }

  @Test
  void a_sender_is_told_once_however_often_the_record_is_replayed() {
    writer.start();
    var message = Samples.message(confirmed(alice));
    for (int i = 0; i < 3; i++) awaitSettled(take(message));
    assertEquals(1, mailboxes.inbox(alice).size());
    assertEquals(1, queue.records("remote").size());
  }

  @Test
  void a_dsn_that_is_made_again_after_a_crash_is_the_same_message() {
    writer.start();
    var message = Samples.message(confirmed(alice));
    awaitSettled(take(message));
    receipts.forget();
    awaitSettled(take(message));
    var ids = queue.envelopes("remote").stream().map(Envelope::queueId).distinct().toList();
    assertEquals(1, ids.size());
  }

  @Test
  void a_message_is_not_settled_before_its_sender_was_told() {
    writer.start();
    queue.hold();
    var taken = take(Samples.message(confirmed(alice)));
    await().until(() -> queue.held() == 1);
    assertFalse(taken.isSettled());
    queue.release();
    awaitSettled(taken);
  }

  @Test
  void what_cannot_be_remembered_now_is_told_later_and_holds_up_nobody() {
    writer.start();
    receipts.breakDown();
    var taken = take(Samples.message(confirmed(alice)));
    awaitSettled(take(alice));
    assertFalse(taken.isSettled());
    receipts.recover();
    awaitSettled(taken);
    assertEquals(1, queue.records("remote").size());
  }

  @Test
  void nobody_is_told_who_did_not_ask_or_who_is_nobody() {
    writer.start();
    awaitSettled(take(alice));
    awaitSettled(take(Samples.from(new ReversePath.Null(), Samples.message(confirmed(alice)))));
    assertEquals(0, queue.records("remote").size());
  }

  @Test
  void rules_that_cannot_be_looked_up_hold_up_their_messages_and_the_reason_is_told() {
    rules.set(_ -> {
      throw new IOException("no server");
    });
    writer.start();
    var taken = take(alice);
    await().until(() -> mongodb.now() instanceof Health.NotOk);
    assertFalse(taken.isSettled());
    rules.set(Rules.NONE);
    awaitSettled(taken);
    assertEquals(1, mailboxes.inbox(alice).size());
  }

  @Test
  void what_its_user_does_not_want_is_settled_and_not_stored() {
    var event = new MailEvent.DependencyDown(Dependency.MONGODB, "stands for any");
    rules.set(batch ->
        batch.stream().<Verdict>map(_ -> new Verdict.Drop(event, Optional.empty())).toList());
    writer.start();
    awaitSettled(take(alice));
    assertEquals(0, mailboxes.inbox(alice).size());
    await().until(() -> events.contains(event));
  }

  @Test
  void a_message_is_not_settled_before_what_follows_from_it_is_done() {
    var done = new CountDownLatch(1);
    var tries = new AtomicInteger();
    Rules.Sequel sequel =
        () -> {
          if (tries.incrementAndGet() == 1) throw new IOException("not now");
          done.countDown();
        };
    rules.set(batch ->
        batch.stream()
            .<Verdict>map(d -> new Verdict.Keep(d, List.of(), Optional.of(sequel)))
            .toList());
    writer.start();
    var taken = take(alice);
    await().until(() -> tries.get() == 1);
    assertFalse(taken.isSettled());
    awaitSettled(taken);
    assertEquals(0, done.getCount());
    assertEquals(1, mailboxes.inbox(alice).size());
  }

  @Test
  void a_message_that_is_not_for_one_local_user_is_put_aside() {
    writer.start();
    var taken = new FakeTaken(Samples.message(Samples.ALICE, Samples.CAROL));
    writer.take(taken);
    awaitSettled(taken);
    assertEquals(1, queue.records("dead").size());
  }

  @Test
  void a_message_for_a_forwarded_address_is_settled_when_it_was_sent_on() {
    var sent = new CopyOnWriteArrayList<Octets>();
    redirector.set((_, _, octets) -> {
      if (sent.addIfAbsent(octets)) throw new IOException("not now");
      return Optional.empty();
    });
    writer.start();
    var address = new Destination.Forwarded(new AddressId("0f0f00000000000000000001"));
    var taken = take(Samples.message(new Recipient(MailAddress.of("us@example.test"), address)));
    awaitSettled(taken);
    assertEquals(
        List.of(
            Octets.utf8("Received: from client.example.com\r\nSubject: hello\r\n\r\nHello.\r\n")),
        sent);
    assertEquals(0, queue.records("dead").size());
  }

  @Test
  void a_message_for_a_forwarded_address_is_not_lost_while_nobody_forwards_it() {
    writer.start();
    var address = new Destination.Forwarded(new AddressId("0f0f00000000000000000001"));
    var taken = take(Samples.message(new Recipient(MailAddress.of("us@example.test"), address)));
    awaitSettled(taken);
    assertEquals(1, queue.records("dead").size());
  }

  private FakeTaken take(Envelope message) {
    var taken = new FakeTaken(message);
    writer.take(taken);
    return taken;
  }

  private static Recipient confirmed(UserId user) {
    var someone = MailAddress.of("someone@example.test");
    return Samples.notifying(
        new Recipient(someone, new Destination.Local(user)), Recipient.Notify.SUCCESS);
  }

  private FakeTaken take(UserId user) {
    return take(user, Samples.text("Subject: x\r\n\r\nx\r\n"));
  }

  private FakeTaken take(UserId user, Content content) {
    var recipient =
        new Recipient(MailAddress.of("someone@example.test"), new Destination.Local(user));
    return take(Samples.message(content, recipient));
  }

  private UserId user(int number) {
    var user = new UserId("%024x".formatted(number));
    if (number < 10) mailboxes.addUser(user);
    return user;
  }

  private void awaitBuried(FakeTaken taken) {
    var id = taken.envelope().queueId();
    awaitSettled(taken);
    assertTrue(
        events.stream()
            .anyMatch(e ->
                e instanceof MailEvent.DeadLettered(var about, _, _)
                    && about.equals(Optional.of(id))));
  }

  private static void awaitSettled(FakeTaken taken) {
    await().until(taken::isSettled);
  }
}
