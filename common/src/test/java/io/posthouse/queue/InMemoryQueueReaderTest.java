package io.posthouse.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Samples;
import io.posthouse.queue.InMemoryQueueReader.Memory;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryQueueReaderTest {
  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final Memory memory = new Memory();
  private InMemoryQueueReader reader = reader();

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void it_takes_what_is_there_and_what_comes_each_once() {
    put(2);
    reader.start();
    put(3);
    await().until(() -> reader.unsettled().size() == 5);
  }

  @Test
  void a_successor_takes_only_what_was_not_settled() {
    put(3);
    reader.start();
    await().until(() -> reader.unsettled().size() == 3);
    var settled = reader.unsettled().get(1);
    settled.settle();
    reader.close();

    reader = reader();
    reader.start();
    await().until(() -> reader.unsettled().size() == 2);
    assertTrue(reader.unsettled().stream().noneMatch(t -> t.position().equals(settled.position())));
  }

  @Test
  void a_drain_ends_when_all_is_settled_and_takes_nothing_more() {
    put(1);
    reader.start();
    await().until(() -> reader.unsettled().size() == 1);
    var drain = Thread.ofVirtual().start(() -> reader.drain(Duration.ofMinutes(1)));
    await().until(() -> drain.getState() == Thread.State.TIMED_WAITING);
    put(1);
    reader.unsettled().getFirst().settle();
    await().until(() -> !drain.isAlive());
    assertEquals(1, memory.size());
    assertEquals(0, reader.unsettled().size());
  }

  @Test
  void settling_twice_is_an_error_of_ours() {
    put(1);
    reader.start();
    await().until(() -> reader.unsettled().size() == 1);
    var taken = reader.unsettled().getFirst();
    taken.settle();
    assertThrows(IllegalStateException.class, taken::settle);
  }

  private InMemoryQueueReader reader() {
    return new InMemoryQueueReader(queue, Set.of(queue.topics().local()), memory, _ -> {});
  }

  private void put(int messages) {
    for (int i = 0; i < messages; i++) {
      queue.put(Samples.message(Samples.BOB)).toCompletableFuture().join();
    }
  }
}
