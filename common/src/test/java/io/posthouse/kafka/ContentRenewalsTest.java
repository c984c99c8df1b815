package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.posthouse.message.Envelope;
import io.posthouse.message.Orders;
import io.posthouse.message.Samples;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.queue.RetrySchedule;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRenewalsTest {
  private static final Duration LIFE = Duration.ofDays(6);
  private static final JanitorSettings KEPT =
      JanitorSettings.of(
          Duration.ofDays(8), new RetrySchedule(List.of(Duration.ofDays(1)), Duration.ofDays(4)));

  @ParameterizedTest
  @CsvSource({
    // held so long after it came, renewed so long after that
    "PT0S, P4D",
    "P1D, P4D",
    "P6D, P4D", // its life, and no message lives longer
    "P7D, P3D", // workers were down
    "P30D, P-20D" // at once
  })
  void a_held_message_is_renewed_in_half_the_time_its_record_has(Duration age, Duration wait) {
    var held = Samples.ARRIVED.plus(age);
    assertEquals(held.plus(wait), due(Samples.message(Samples.CAROL), held));
  }

  @Test
  void what_was_renewed_is_as_young_as_its_record() {
    var renewed = Samples.message(Samples.CAROL).ordered(Orders.NONE.heldSince(Samples.ARRIVED));
    var written = Samples.ARRIVED.plus(Duration.ofDays(300));
    assertEquals(written.plus(Duration.ofDays(4)), due(renewed, written));
  }

  @Test
  void content_outlives_the_longest_time_in_one_record() {
    assertEquals(LIFE, KEPT.window().minus(KEPT.heldPatience()));
    var taken = Samples.ARRIVED;
    var overdue = taken.plus(LIFE).plus(KEPT.heldPatience());
    assertFalse(taken.plus(KEPT.window()).isBefore(overdue));
  }

  private static Instant due(Envelope held, Instant written) {
    var nobody =
        new ContentCarrier(
            (_, _) -> InputStream.nullInputStream(), new DurableQueue(new InMemoryMailQueue()));
    return new ContentRenewals(nobody, KEPT).due(held, written);
  }
}
