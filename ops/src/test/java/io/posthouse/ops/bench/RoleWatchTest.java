package io.posthouse.ops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.message.QueueIds;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoleWatchTest {
  private static final MailAddress BOB = MailAddress.of("bob@example.test");

  private final QueueIds ids = new QueueIds(InstantSource.system());
  private final AtomicLong now = new AtomicLong();

  @Test
  void the_rate_counts_from_the_first_message_to_the_last() throws InterruptedException {
    var watch = new RoleWatch(5, now::get);
    for (int i = 0; i < 5; i++) {
      watch.record(delivered(Duration.ofMillis(10L * (i + 1))));
      now.addAndGet(Duration.ofMillis(500).toNanos());
    }
    var throughput = watch.await();
    assertEquals(2, throughput.perSecond());
    assertEquals(Duration.ofMillis(30), throughput.each().percentile(50));
    assertEquals(0, throughput.troubles());
  }

  @Test
  void the_second_half_is_counted_by_itself_too() throws InterruptedException {
    var watch = new RoleWatch(6, now::get);
    for (int i = 0; i < 6; i++) {
      now.addAndGet(Duration.ofMillis(i < 3 ? 1_000 : 100).toNanos());
      watch.record(delivered(Duration.ofMillis(1)));
    }
    assertEquals(10, watch.await().perSecondAtLast());
  }

  @Test
  void a_message_that_is_deferred_on_its_way_is_counted_once_and_its_trouble_too()
      throws InterruptedException {
    var watch = new RoleWatch(1, now::get);
    watch.record(deferred());
    watch.record(delivered(Duration.ofSeconds(1)));
    var throughput = watch.await();
    assertEquals(1, throughput.messages());
    assertEquals(1, throughput.troubles());
    assertEquals(0, throughput.perSecond());
  }

  @Test
  void a_message_that_was_stored_before_does_not_count_again() throws InterruptedException {
    var watch = new RoleWatch(2, now::get);
    watch.record(stored(false));
    watch.record(stored(true));
    now.set(Duration.ofSeconds(4).toNanos());
    watch.record(stored(false));
    var throughput = watch.await();
    assertEquals(0.25, throughput.perSecond());
    assertEquals(Duration.ofMillis(7), throughput.each().percentile(99));
  }

  private MailEvent delivered(Duration took) {
    return new MailEvent.Delivered(ids.next(), BOB, observed("taken"), 1, took);
  }

  private MailEvent deferred() {
    return new MailEvent.Deferred(
        ids.next(), BOB, Scope.HOST, observed("not there"), 1, Instant.EPOCH);
  }

  private MailEvent stored(boolean again) {
    return new MailEvent.Stored(
        ids.next(), new UserId("0".repeat(24)), "INBOX", 1, 1, again, Duration.ofMillis(7));
  }

  private static Evidence observed(String what) {
    return new Evidence.Observed(EnhancedStatus.of("4.4.1"), what);
  }
}
