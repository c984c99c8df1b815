package io.posthouse.storage.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.node.InFlight;
import io.posthouse.node.Work;
import io.posthouse.queue.FakeTaken;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:15:00Z");

  private final Desk desk = new Desk(() -> NOW);
  private final List<Waiting> batch =
      List.of(message("65e2f1a09b3c4d5e6f708192"), message("65e2f1a09b3c4d5e6f708193"));

  @Test
  void a_batch_is_told_message_by_message_while_it_is_stored() throws InterruptedException {
    var work =
        desk.watched(all -> {
          assertEquals(all.stream().map(DeskTest::told).toList(), desk.inFlight());
          return List.of();
        });
    work.on(batch);
    assertEquals(List.of(), desk.inFlight());
  }

  @Test
  void a_batch_that_failed_lies_there_no_longer() {
    var work =
        desk.watched(_ -> {
          throw new IllegalStateException("a bug");
        });
    assertThrows(IllegalStateException.class, () -> work.on(batch));
    assertEquals(List.of(), desk.inFlight());
  }

  @Test
  void what_waits_is_a_number() {
    assertEquals(7, Desk.work(List.of(), 7).waiting().all());
    assertEquals(Work.NONE, Desk.work(List.of(), 0));
  }

  private static InFlight told(Waiting message) {
    return new InFlight(message.taken().envelope().queueId(), message.user().hex(), "", "", NOW);
  }

  private static Waiting message(String user) {
    var id = new UserId(user);
    var to = new Recipient(MailAddress.of("alice@example.test"), new Destination.Local(id));
    return new Waiting(new FakeTaken(Samples.message(to)), id);
  }
}
