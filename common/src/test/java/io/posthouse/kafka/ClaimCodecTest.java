package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.ClaimSheet.Claims;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimCodecTest {
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_sheet_comes_out_as_it_went_in(long seed) {
    var random = new Random(seed);
    var partitions = new HashMap<TopicPartition, Claims>();
    for (int i = random.nextInt(5); i > 0; i--)
      partitions.put(
          new TopicPartition("remote", i), new Claims(marks(random, 300), marks(random, 300)));
    var sheet = new ClaimSheet("worker-1/x", partitions);
    var read = ClaimCodec.decode("worker-1/x", ClaimCodec.encode(sheet));
    assertEquals(Optional.of(sheet), read, "seed " + seed);
  }

  @Test
  void all_that_one_reader_can_ever_claim_is_a_record_kafka_takes() {
    var random = new Random(1);
    var claims = new Claims(marks(random, 20_000), marks(random, 10_000));
    var sheet = new ClaimSheet("worker-1/x", Map.of(new TopicPartition("remote", 0), claims));
    assertTrue(ClaimCodec.encode(sheet).length < TopicPlan.LONGEST_RECORD);
  }

  @Test
  void what_is_no_sheet_claims_nothing() {
    assertEquals(Optional.empty(), ClaimCodec.decode("x", new byte[] {(byte) 0xff, 1, 2, 3}));
  }

  @Test
  void of_too_many_marks_the_youngest_are_kept() {
    var marks = new Marks(Map.of(1L, 50L, 2L, 40L, 3L, 30L, 4L, 60L));
    assertEquals(new Marks(Map.of(1L, 50L, 4L, 60L)), marks.youngest(2));
    assertEquals(marks, marks.youngest(4));
  }

  private static Marks marks(Random random, int most) {
    var marks = new HashMap<Long, Long>();
    for (int i = 0; i < most; i++)
      marks.put(random.nextLong(1L << 40), 1_790_000_000_000L + random.nextInt());
    return new Marks(marks);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }
}
