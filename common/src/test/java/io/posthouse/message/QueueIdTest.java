package io.posthouse.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueIdTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0vrh6fq1s28ct00,      0vrh6fq1s28ct00
          0VRH6FQ1S28CT00,      0vrh6fq1s28ct00
          ' 0vrh6fq1s28ct00 ',  0vrh6fq1s28ct00
          ovrh6fqis28ctOO,      0vrh6fq1s28ct00
          0vrh6fqls28ct0o,      0vrh6fq1s28ct00
          """)
  void what_a_person_types_is_read_as_it_was_meant(String typed, String text) {
    assertEquals(Optional.of(new QueueId(text)), QueueId.parse(typed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0vrh6fq1s28ct0", "0vrh6fq1s28ct000", "0vrh6fq1s28ct0u", "ä"})
  void anything_else_is_none(String typed) {
    assertEquals(Optional.empty(), QueueId.parse(typed));
    assertThrows(IllegalArgumentException.class, () -> new QueueId(typed));
  }

  @Test
  void an_id_knows_when_its_message_arrived_to_the_millisecond() {
    var seed = 7L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      var millis = random.nextLong(1L << 41);
      var id = QueueId.of(millis, random.nextLong(1L << QueueId.TAIL_BITS));
      assertEquals(
          Instant.ofEpochMilli(QueueId.EPOCH + millis), id.arrived(), "seed " + seed + ", " + i);
    }
  }

  @Test
  void ids_sort_by_time_then_by_tail() {
    var seed = 8L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      var aTime = random.nextLong(1L << 41);
      var bTime = random.nextBoolean() ? aTime : random.nextLong(1L << 41);
      var aTail = random.nextLong(1L << QueueId.TAIL_BITS);
      var bTail = random.nextLong(1L << QueueId.TAIL_BITS);
      var expected = aTime == bTime ? Long.compare(aTail, bTail) : Long.compare(aTime, bTime);
      var order = QueueId.of(aTime, aTail).compareTo(QueueId.of(bTime, bTail));
      assertEquals(expected, Integer.signum(order), "seed " + seed + ", " + i);
    }
  }

  @Test
  void a_message_made_again_for_the_same_purpose_has_the_same_id() {
    var id = new QueueId("0vrh6fq1s28ct00");
    assertEquals(id.derived("dsn bob@example.net"), id.derived("dsn bob@example.net"));
    assertNotEquals(id.derived("dsn bob@example.net"), id.derived("dsn eve@example.net"));
    assertNotEquals(id, id.derived(""));
    assertEquals(id.arrived(), id.derived("dsn").arrived());
  }
}
