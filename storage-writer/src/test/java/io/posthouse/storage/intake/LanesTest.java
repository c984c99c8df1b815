package io.posthouse.storage.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.FakeTaken;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A message is written `a1`: the first for user a.
final class LanesTest {
  private static final Lanes.Most MOST = new Lanes.Most(4, 1 << 20, 4 << 20);
  private final Lanes lanes = new Lanes();

  @Test
  void what_waits_is_taken_together_lane_by_lane() throws InterruptedException {
    add("a1", "b1", "a2", "c1");
    assertEquals("a1 a2 b1 c1", names(lanes.next(MOST)));
    assertEquals(0, lanes.size());
  }

  @Test
  void a_user_in_a_batch_gets_no_other_until_it_is_given_back() throws InterruptedException {
    add("a1");
    var first = lanes.next(MOST);
    add("a2", "b1");
    assertEquals("b1", names(lanes.next(MOST)));
    lanes.giveBack(first, List.of());
    assertEquals("a2", names(lanes.next(MOST)));
  }

  @Test
  void a_batch_has_no_more_than_it_may() throws InterruptedException {
    add("a1", "a2", "a3", "b1", "b2", "c1");
    var first = lanes.next(MOST);
    assertEquals("a1 a2 a3 b1", names(first));
    assertEquals("c1", names(lanes.next(MOST)));
    lanes.giveBack(first, List.of());
    assertEquals("b2", names(lanes.next(MOST)));
  }

  @Test
  void what_is_left_of_a_batch_goes_before_what_came_since() throws InterruptedException {
    add("a1", "a2", "b1");
    var batch = lanes.next(MOST);
    add("a3");
    lanes.giveBack(batch, batch.subList(1, 2));
    assertEquals(2, lanes.size());
    assertEquals("a2 a3", names(lanes.next(MOST)));
  }

  @Test
  void what_waits_can_be_taken_out_by_name_and_what_is_in_a_batch_cannot()
      throws InterruptedException {
    add("a1");
    var batch = lanes.next(MOST);
    add("a2", "a3");
    var wanted = Stream.concat(batch.stream(), lanes.waiting().stream()).toList();
    var out = lanes.take(wanted);
    assertEquals("a2 a3", names(out));
    assertEquals(0, lanes.size());
    lanes.giveBack(List.of(), out.subList(1, 2));
    lanes.giveBack(batch, List.of());
    assertEquals("a3", names(lanes.next(MOST)));
  }

  @Test
  void a_long_message_is_a_batch_of_its_own() throws InterruptedException {
    var most = new Lanes.Most(4, 10, Long.MAX_VALUE);
    add("a1", "b1");
    assertEquals("a1", names(lanes.next(most)));
    assertEquals("b1", names(lanes.next(most)));
  }

  @Test
  void what_there_is_no_memory_for_waits_until_a_batch_is_given_back() throws Exception {
    var most = new Lanes.Most(4, 1 << 20, 2 * waiting("a1").octets());
    add("a1", "b1", "c1", "d1");
    var first = lanes.next(most);
    assertEquals("a1 b1", names(first));
    var second = new FutureTask<>(() -> names(lanes.next(most)));
    var taker = Thread.ofPlatform().start(second);
    await().until(() -> taker.getState() == Thread.State.WAITING);
    lanes.giveBack(first, first);
    assertEquals("c1 d1", second.get());
  }

  @Test
  void a_message_longer_than_the_memory_for_all_is_taken_while_there_is_no_other()
      throws InterruptedException {
    add("a1");
    assertEquals("a1", names(lanes.next(new Lanes.Most(4, 10, 10))));
  }

  @Test
  void a_suspect_goes_alone() throws InterruptedException {
    add("a1", "b1", "c1");
    var batch = lanes.next(MOST);
    lanes.giveBack(batch, batch.stream().map(Waiting::struck).toList());
    assertEquals("a1", names(lanes.next(MOST)));
    add("d1");
    assertEquals("b1", names(lanes.next(MOST)));
  }

  @Test
  void once_closed_there_is_nothing_more() throws InterruptedException {
    add("a1");
    lanes.close();
    assertEquals("", names(lanes.next(MOST)));
  }

  private void add(String... names) {
    for (var name : names) lanes.add(waiting(name));
  }

  private static Waiting waiting(String name) {
    var user = new UserId("%024x".formatted((int) name.charAt(0)));
    var recipient =
        new Recipient(MailAddress.of(name + "@example.test"), new Destination.Local(user));
    return new Waiting(new FakeTaken(Samples.message(recipient)), user);
  }

  private static String names(List<Waiting> batch) {
    return String.join(
        " ",
        batch.stream()
            .flatMap(message -> Stream.of(message.taken().envelope().recipients().getFirst()))
            .map(recipient -> recipient.address().localPart())
            .toList());
  }
}
