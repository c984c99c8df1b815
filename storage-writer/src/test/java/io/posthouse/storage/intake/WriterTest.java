package io.posthouse.storage.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Reporter;
import io.posthouse.bounce.Returns;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.directory.UserId;
import io.posthouse.message.Samples;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.FakeTaken;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.telemetry.MailEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WriterTest {
  private static final UserId ALICE = new UserId("65f0c0ffee65f0c0ffee0001");
  private static final UserId BOB = new UserId("65f0c0ffee65f0c0ffee0002");

  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private final Undertaker undertaker = new Undertaker(queue, events::add);
  private final Lanes lanes = new Lanes();

  @AfterEach
  void close() {
    lanes.close();
  }

  @Test
  void whatever_is_thrown_ends_no_writer_and_a_message_that_always_throws_is_put_aside() {
    var poison = new FakeTaken(Samples.message(Samples.ALICE));
    var good = new FakeTaken(Samples.message(Samples.ALICE));
    lanes.add(new Waiting(poison, ALICE));
    lanes.add(new Waiting(good, BOB));
    start(batch -> {
      if (batch.stream().anyMatch(message -> message.taken() == poison)) throw new AssertionError();
      batch.forEach(message -> message.taken().settle());
      return List.of();
    });
    await().until(() -> good.isSettled() && poison.isSettled());
    assertEquals(1, queue.records("dead").size());
    assertEquals(4, events.stream().filter(MailEvent.Bug.class::isInstance).count());
  }

  private void start(Writer.Work work) {
    var errands = new Errands(events::add, undertaker);
    var notifier =
        new Notifier(
            new DurableQueue(queue),
            new Reporter("us.example.org", "store-1"),
            Optional.empty(),
            events::add,
            0);
    var obedience =
        new Obedience(
            DirectiveTable.EMPTY,
            queue,
            new Returns(notifier),
            events::add,
            InstantSource.system(),
            errands);
    var most = new Lanes.Most(10, 1 << 20, 1 << 20);
    var suspicion = new Suspicion(events::add, undertaker);
    Thread.ofVirtual().start(new Writer(lanes, most, obedience, suspicion, work));
  }
}
