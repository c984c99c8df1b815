package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LedgerPartitionTest {
  private static final TopicPartition ID = new TopicPartition("remote", 0);

  private final LedgerBooks books =
      new LedgerBooks(
          LedgerSettings.of("deliver", "a", List.of(ID.topic())),
          new ClaimBoard("a", Duration.ofMinutes(1)),
          InstantSource.system(),
          Inbox.real());
  private final LedgerPartition partition = books.partition(ID);

  @Test
  void a_long_stretch_of_settled_records_is_not_read_again() {
    resume(new CommitNote(10, 100_000, open(10, 50_000)));
    partition.polled(List.of(record(10), record(11)), 12);
    assertEquals(OptionalLong.empty(), partition.leap(), "one is to be handed out first");

    books.open(partition, record(10));
    assertEquals(OptionalLong.of(50_000), partition.leap());

    partition.polled(List.of(record(50_000)), 50_001);
    assertEquals(1, partition.waiting());
    assertEquals(10, partition.commit().offset());
  }

  @Test
  void behind_the_last_open_record_it_goes_on_where_nobody_has_been() {
    resume(new CommitNote(10, 100_000, open(10)));
    partition.polled(List.of(record(10)), 11);
    books.open(partition, record(10));
    assertEquals(OptionalLong.of(100_000), partition.leap());
    assertEquals(OptionalLong.empty(), partition.leap());

    partition.polled(List.of(record(100_000)), 100_001);
    assertEquals(1, partition.waiting());
  }

  @Test
  void a_short_stretch_is_read() {
    resume(new CommitNote(10, 500, open(10, 400)));
    partition.polled(List.of(record(10)), 11);
    books.open(partition, record(10));
    assertEquals(OptionalLong.empty(), partition.leap());
  }

  private void resume(CommitNote note) {
    assertEquals(10, partition.assigned(new Resumption(note, 0, 200_000)));
  }

  private static SortedSet<Long> open(long... offsets) {
    return new TreeSet<>(LongStream.of(offsets).boxed().toList());
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(ID.topic(), ID.partition(), offset, new byte[0], new byte[0]);
  }
}
