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
import io.posthouse.directive.Act;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Orderings;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.Orders;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.FakeTaken;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.QueueFilter;
import io.posthouse.storage.mailbox.InMemoryMailboxStore;
import io.posthouse.storage.mailbox.InMemoryReceipts;
import io.posthouse.storage.mailbox.Redirector;
import io.posthouse.storage.mailbox.Rules;
import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What operators order of mail that is on its way into mailboxes.
final class OrderedMailTest {
  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final InMemoryMailboxStore mailboxes = new InMemoryMailboxStore();
  private final AtomicReference<Directives> directives = new AtomicReference<>(Directives.NONE);
  private final CountDownLatch known = new CountDownLatch(1);
  private final AtomicReference<Redirector> redirector =
      new AtomicReference<>((_, _, _) -> Optional.empty());
  private final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private final DependencyState mongodb =
      new DependencyState(Dependency.MONGODB, events::add, InstantSource.system());
  private final StorageWriter writer =
      new StorageWriter(
          StorageSettings.DEFAULT,
          new StorageWriter.Surroundings(
              mailboxes,
              new InMemoryReceipts(),
              Rules.NONE,
              (message, address, sent) -> redirector.get().redirect(message, address, sent),
              Optional.empty(),
              queue,
              queue,
              this::directives,
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
  void only_whose_mail_is_held_do_not_get_it() {
    order(new Act.Hold(), recipient("alice@example.test"));
    start();
    var held = take("alice@example.test", alice);
    var stored = take("bob@example.test", bob);
    awaitSettled(held);
    awaitSettled(stored);
    assertEquals(0, mailboxes.inbox(alice).size());
    assertEquals(1, mailboxes.inbox(bob).size());
    var there = queue.envelopes("held").getFirst();
    assertEquals(held.envelope().queueId(), there.queueId());
    assertEquals(1, there.orders().seen());
    assertEquals(List.of(Act.Kind.HOLD), directed(held));
  }

  @Test
  void what_is_held_is_neither_settled_nor_told_of_before_the_queue_has_it() {
    order(new Act.Hold(), QueueFilter.EVERYTHING);
    queue.hold();
    start();
    var held = take("alice@example.test", alice);
    await().until(() -> queue.held() == 1);
    assertFalse(held.isSettled());
    assertEquals(List.of(), directed(held));
    queue.release();
    awaitSettled(held);
    assertEquals(List.of(Act.Kind.HOLD), directed(held));
  }

  @Test
  void an_order_waits_for_kafka_and_loses_nothing() {
    order(new Act.Hold(), recipient("alice@example.test"));
    queue.refuseAll("Kafka is down");
    start();
    var held = take("alice@example.test", alice);
    awaitSettled(take("bob@example.test", bob));
    assertFalse(held.isSettled());
    queue.accept();
    awaitSettled(held);
    assertEquals(1, queue.envelopes("held").size());
  }

  @Test
  void an_order_reaches_all_that_waits_for_a_database_that_is_down() {
    mailboxes.breakDown("no server");
    start();
    var dropped = new ArrayList<FakeTaken>();
    for (int i = 0; i < 600; i++) dropped.add(take("alice@example.test", alice));
    var others = List.of(take("bob@example.test", bob), take("bob@example.test", bob));
    await().until(() -> mongodb.now() instanceof Health.NotOk);
    order(new Act.Drop(), recipient("alice@example.test"));
    await().until(() -> dropped.stream().allMatch(FakeTaken::isSettled));
    others.forEach(other -> assertFalse(other.isSettled()));

    mailboxes.recover();
    others.forEach(OrderedMailTest::awaitSettled);
    assertEquals(0, mailboxes.inbox(alice).size());
    assertEquals(2, mailboxes.inbox(bob).size());
    dropped.forEach(message -> assertEquals(List.of(Act.Kind.DROP), directed(message)));
  }

  @Test
  void an_order_reaches_what_comes_while_the_database_is_down() {
    mailboxes.breakDown("no server");
    order(new Act.Drop(), recipient("alice@example.test"));
    start();
    var before = take("bob@example.test", bob);
    var dropped = take("alice@example.test", alice);
    awaitSettled(dropped);
    assertFalse(before.isSettled());
  }

  @Test
  void who_sent_what_is_returned_is_told_why() {
    order(new Act.Bounce(), QueueFilter.EVERYTHING);
    start();
    var returned = take("alice@example.test", alice);
    awaitSettled(returned);
    assertEquals(0, mailboxes.inbox(alice).size());
    var dsn = queue.envelopes("remote").getFirst();
    var text = new String(((Content.Inline) dsn.content()).octets().toArray(), US_ASCII);
    assertTrue(text.contains("\r\nAction: failed\r\nStatus: 5.7.1\r\n"), text);
    assertTrue(text.contains("as you asked"), text);
    assertEquals(
        List.of(Optional.of(dsn.queueId())),
        events.stream()
            .filter(MailEvent.Bounced.class::isInstance)
            .map(event -> ((MailEvent.Bounced) event).dsn())
            .toList());
    assertEquals(List.of(Act.Kind.BOUNCE), directed(returned));
  }

  @Test
  void who_sent_what_is_returned_is_told_though_its_content_is_gone() {
    order(new Act.Bounce(), QueueFilter.EVERYTHING);
    start();
    var lost = new Content.InRecord(new RecordPosition("local", 0, 17), 100);
    var returned = take(Samples.message(lost, to("alice@example.test", alice)));
    awaitSettled(returned);
    var dsn = queue.envelopes("remote").getFirst();
    var text = new String(((Content.Inline) dsn.content()).octets().toArray(), US_ASCII);
    assertTrue(text.contains("as you asked"), text);
    assertFalse(text.contains("rfc822-headers"), text);
    assertEquals(0, queue.records("dead").size());
    assertEquals(List.of(Act.Kind.BOUNCE), directed(returned));
  }

  @Test
  void what_can_be_returned_to_nobody_is_kept_for_an_operator() {
    order(new Act.Bounce(), QueueFilter.EVERYTHING);
    start();
    var nobodys = Samples.message(to("alice@example.test", alice));
    awaitSettled(take(Samples.from(new ReversePath.Null(), nobodys)));
    assertEquals(0, mailboxes.inbox(alice).size());
    assertEquals(0, queue.records("remote").size());
    assertEquals(1, queue.records("dead").size());
  }

  @Test
  void what_a_mover_passes_on_to_be_ended_ends_and_is_told_of_here() {
    start();
    var ending = new Ending("drop-1", false, "spam", "olga");
    var orders = new Orders(7, Optional.empty(), Optional.of(ending));
    var ended = take(Samples.message(to("alice@example.test", alice)).ordered(orders));
    awaitSettled(ended);
    assertEquals(0, mailboxes.inbox(alice).size());
    assertEquals(List.of(Act.Kind.DROP), directed(ended));
  }

  @Test
  void what_was_held_and_released_before_it_came_is_stored() {
    order(new Act.Hold(), QueueFilter.EVERYTHING);
    order(new Act.Release(), QueueFilter.EVERYTHING);
    start();
    var message = take("alice@example.test", alice);
    awaitSettled(message);
    assertEquals(1, mailboxes.inbox(alice).size());
    assertEquals(List.of(Act.Kind.HOLD, Act.Kind.RELEASE), directed(message));
  }

  @Test
  void of_two_addresses_of_a_user_one_may_be_meant() {
    order(new Act.Drop(), recipient("al@example.test"));
    start();
    var both = take(Samples.message(to("al@example.test", alice), to("alice@example.test", alice)));
    awaitSettled(both);
    assertEquals(
        List.of(MailAddress.of("alice@example.test")),
        mailboxes.inbox(alice).getFirst().envelope().recipients().stream()
            .map(Recipient::address)
            .toList());
  }

  @Test
  void nobody_is_sent_elsewhere_on_the_way_into_a_mailbox() {
    order(new Act.Flush(), QueueFilter.EVERYTHING);
    start();
    var message = take("alice@example.test", alice);
    awaitSettled(message);
    assertEquals(1, mailboxes.inbox(alice).size());
    assertEquals(List.of(), directed(message));
  }

  @Test
  void nothing_is_stored_before_it_is_known_what_is_ordered() {
    order(new Act.Hold(), recipient("alice@example.test"));
    writer.start();
    var held = take("alice@example.test", alice);
    var stored = take("bob@example.test", bob);
    assertFalse(stored.isSettled());
    known.countDown();
    awaitSettled(stored);
    awaitSettled(held);
    assertEquals(0, mailboxes.inbox(alice).size());
  }

  @Test
  void mail_for_an_address_without_a_user_obeys_while_it_cannot_be_sent_on() {
    redirector.set((_, _, _) -> {
      throw new IOException("no server");
    });
    start();
    var address = new Destination.Forwarded(new AddressId("0f0f00000000000000000001"));
    var to = new Recipient(MailAddress.of("us@example.test"), address);
    var held = take(Samples.message(to));
    order(new Act.Hold(), QueueFilter.EVERYTHING);
    awaitSettled(held);
    assertEquals(1, queue.envelopes("held").size());
    assertEquals(List.of(Act.Kind.HOLD), directed(held));
  }

  private void start() {
    known.countDown();
    writer.start();
  }

  private Directives directives() throws InterruptedException {
    known.await();
    return directives.get();
  }

  private void order(Act act, QueueFilter filter) {
    directives.updateAndGet(before -> {
      var number = before.inOrder().size() + 1;
      var next = Orderings.directive(act.kind().word() + "-" + number, act, filter);
      return before.with(number, next);
    });
  }

  private static QueueFilter recipient(String address) {
    return QueueFilter.of(new Criterion.Recipient(PathPattern.parse(address).orElseThrow()));
  }

  private List<Act.Kind> directed(FakeTaken message) {
    return events.stream()
        .filter(MailEvent.Directed.class::isInstance)
        .map(MailEvent.Directed.class::cast)
        .filter(event -> event.queueId().equals(message.envelope().queueId()))
        .map(directed -> directed.act().kind())
        .toList();
  }

  private FakeTaken take(String address, UserId user) {
    return take(Samples.message(to(address, user)));
  }

  private FakeTaken take(Envelope message) {
    var taken = new FakeTaken(message);
    writer.take(taken);
    return taken;
  }

  private static Recipient to(String address, UserId user) {
    return new Recipient(MailAddress.of(address), new Destination.Local(user));
  }

  private UserId user(int number) {
    var user = new UserId("%024x".formatted(number));
    mailboxes.addUser(user);
    return user;
  }

  private static void awaitSettled(FakeTaken taken) {
    await().until(taken::isSettled);
  }
}
