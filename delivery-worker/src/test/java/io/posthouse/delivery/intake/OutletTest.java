package io.posthouse.delivery.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.bounce.Dates;
import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Reporter;
import io.posthouse.delivery.attempt.Attempted;
import io.posthouse.delivery.breaker.LeftAlone;
import io.posthouse.delivery.retry.RetryPolicy;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.FakeTaken;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.MailEvent;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutletTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:15:00Z");
  private static final MessageSource MESSAGE = () -> Octets.utf8("Subject: hello\r\n").input();
  private static final DeliveryOutcome SPOILT =
      new Deferred(
          Scope.MESSAGE, new Observed(EnhancedStatus.of("4.3.0"), Attempted.INTERNAL_ERROR));
  private static final DeliveryOutcome REFUSED =
      new Failed(Scope.RECIPIENT, new Observed(EnhancedStatus.of("5.1.1"), "no such user"));

  private static final Observed BUSY =
      new Observed(EnhancedStatus.of("4.4.5"), "20 deliveries to example.net go on");

  private static final Ending ENDING = new Ending("bounce-1", true, "as you asked", "olga");
  private static final MailParameters WHOLE_IS_WANTED =
      new MailParameters(
          MailParameters.Body.SEVEN_BIT,
          false,
          Optional.of(MailParameters.Return.FULL),
          Optional.empty(),
          false);

  private Instant now = NOW;
  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final List<MailEvent> events = new ArrayList<>();
  private final DurableQueue durable = new DurableQueue(queue);
  private final Outlet outlet =
      new Outlet(
          durable,
          new RetryPolicy(
              new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(5)),
              Duration.ofHours(4)),
          new Notifier(
              durable,
              new Reporter("us.example.org", "worker-1"),
              Optional.empty(),
              events::add,
              1000),
          new DeliveryEvents(events::add),
          "worker-1",
          () -> now);

  @Test
  void a_fault_of_ours_is_no_bounce_but_waits() throws Closed {
    var taken = new FakeTaken(Samples.message(Samples.CAROL));
    outlet.settle(taken, MESSAGE, spoilt(Map.of(Samples.CAROL, SPOILT)));
    assertEquals(1, queue.envelopes("retry.1m").size());
    assertEquals(0, queue.records("remote").size(), "no DSN");
    assertTrue(taken.isSettled());
  }

  @Test
  void a_message_that_our_faults_hit_three_times_is_shown_to_an_operator() throws Closed {
    var strike = new Attempt(NOW, "worker-1", "", Attempted.INTERNAL_ERROR);
    var other = new Attempt(NOW, "worker-1", "", "host down");
    var twice =
        Samples.message(Samples.CAROL)
            .withContent(elsewhere())
            .deferred(strike, NOW)
            .deferred(other, NOW)
            .deferred(strike, NOW);
    outlet.settle(new FakeTaken(twice), MESSAGE, spoilt(Map.of(Samples.CAROL, SPOILT)));
    assertEquals(1, queue.records("dead").size());
    assertEquals(0, queue.records("retry.1m").size());
    assertEquals(0, queue.records("remote").size(), "no DSN");
  }

  @Test
  void who_was_refused_before_the_content_was_gone_is_still_reported() throws Closed {
    var message = Samples.message(Samples.CAROL, Samples.remote("dave@example.net"));
    var gone =
        new Attempted(
            Map.of(Samples.CAROL, REFUSED),
            Optional.empty(),
            Optional.of(new ContentGone("remote-0@17")),
            Optional.empty(),
            Duration.ZERO);
    outlet.settle(new FakeTaken(message), MESSAGE, gone);
    assertEquals(1, queue.envelopes("remote").size(), "the DSN for carol");
    assertEquals(1, queue.records("dead").size(), "dave's");
  }

  @Test
  void who_sent_what_an_operator_bounces_is_told_though_its_content_is_gone() throws Closed {
    var taken = new FakeTaken(Samples.message(elsewhere(), Samples.CAROL));
    outlet.end(taken, OutletTest::gone, ENDING);
    var dsn = onlyDsn();
    assertTrue(dsn.contains("Diagnostic-Code: x-posthouse; as you asked\r\n"), dsn);
    assertFalse(dsn.contains("rfc822-headers"), dsn);
    assertEquals(0, queue.records("dead").size());
    assertTrue(taken.isSettled());
  }

  @Test
  void who_sent_what_an_operator_bounces_is_told_though_it_goes_while_it_is_returned()
      throws Closed {
    var readable = new AtomicInteger(1);
    MessageSource goes = () -> readable.getAndDecrement() > 0 ? MESSAGE.open() : gone();
    var taken =
        new FakeTaken(
            Samples.declaring(WHOLE_IS_WANTED, Samples.message(elsewhere(), Samples.CAROL)));
    outlet.end(taken, goes, ENDING);
    assertFalse(onlyDsn().contains("message/rfc822"), onlyDsn());
    assertTrue(taken.isSettled());
  }

  @Test
  void a_message_is_not_settled_when_we_end_before_its_outcome_is_durable() {
    queue.refuseAll("no broker");
    outlet.close();
    var taken = new FakeTaken(Samples.message(Samples.CAROL));
    var attempted = attempted(Map.of(Samples.CAROL, REFUSED));
    assertThrows(Closed.class, () -> outlet.settle(taken, MESSAGE, attempted));
    assertFalse(taken.isSettled());
    assertEquals(List.of(), events);
  }

  @Test
  void what_could_not_begin_waits_with_its_reason_and_without_an_attempt() throws Closed {
    var taken = new FakeTaken(Samples.message(Samples.CAROL));
    outlet.postpone(taken, MESSAGE, BUSY, Duration.ofSeconds(7));
    var postponed = queue.envelopes("retry.1m").getFirst();
    assertEquals(0, postponed.attemptCount());
    var wait = Duration.between(NOW, postponed.due().orElseThrow());
    assertTrue(wait.toSeconds() >= 60 && wait.toSeconds() <= 63, () -> "1/20 of spread: " + wait);
    var deferred = (MailEvent.Deferred) events.getFirst();
    assertEquals("20 deliveries to example.net go on", deferred.evidence().text());
    assertTrue(taken.isSettled());
  }

  @Test
  void what_our_limits_keep_back_is_warned_of_once_and_returned_when_twice_its_time_is_over()
      throws Closed {
    assertEquals(Duration.ofDays(10), untilReturned(Samples.message(Samples.CAROL), this::busy));
  }

  @Test
  void what_is_left_alone_all_the_time_is_warned_of_once_and_returned_when_its_time_is_over()
      throws Closed {
    assertEquals(Duration.ofDays(5), untilReturned(Samples.message(Samples.CAROL), this::alone));
  }

  @Test
  void what_comes_back_expired_has_as_long_again_for_an_attempt() throws Closed {
    var back = NOW.plus(Duration.ofDays(60));
    var message = Samples.message(Samples.CAROL).resumed(back);
    now = back;
    assertEquals(Duration.ofDays(5), untilReturned(message, this::alone));
    now = back;
    assertEquals(Duration.ofDays(10), untilReturned(message, this::busy));
  }

  @Test
  void what_comes_back_expired_is_returned_after_one_attempt() throws Closed {
    now = NOW.plus(Duration.ofDays(60));
    var down = new Deferred(Scope.HOST, new Observed(EnhancedStatus.of("4.4.1"), "down"));
    var message = new FakeTaken(Samples.message(Samples.CAROL).resumed(now));
    outlet.settle(message, MESSAGE, attempted(Map.of(Samples.CAROL, down)));
    assertEquals(1, told(MailEvent.Expired.class));
    assertEquals(List.of(), queue.envelopes("retry.1m"));
  }

  @Test
  void who_sent_what_comes_back_expired_is_told_how_long_it_may_wait() throws Closed {
    now = NOW.plus(Duration.ofDays(60));
    busy(Samples.message(Samples.CAROL).resumed(now));
    var until = Dates.format(now.plus(Duration.ofDays(10)));
    assertTrue(onlyDsn().contains("Will-Retry-Until: " + until + "\r\n"), onlyDsn());
  }

  /// From now on, with a look each hour.
  private Duration untilReturned(Envelope message, Keeping keeping) throws Closed {
    var start = now;
    var expired = told(MailEvent.Expired.class);
    var dsns = queue.envelopes("remote").size();
    var next = message;
    for (int looks = 0; told(MailEvent.Expired.class) == expired && looks < 300; looks++) {
      now = start.plus(Duration.ofHours(looks));
      keeping.keep(next);
      next = queue.envelopes("retry.1m").getLast();
    }
    assertEquals(1, next.attemptCount(), "the attempt that the warning counts as");
    assertEquals(dsns + 2, queue.envelopes("remote").size(), "a warning and a return");
    return Duration.between(start, now);
  }

  @FunctionalInterface
  private interface Keeping {
    void keep(Envelope message) throws Closed;
  }

  private void busy(Envelope message) throws Closed {
    outlet.postpone(new FakeTaken(message), MESSAGE, BUSY, Duration.ZERO);
  }

  private void alone(Envelope message) throws Closed {
    outlet.leave(new FakeTaken(message), MESSAGE, new LeftAlone("mx.example.net", "dead", now));
  }

  private long told(Class<? extends MailEvent> type) {
    return events.stream().filter(type::isInstance).count();
  }

  @Test
  void what_hosts_say_at_length_is_cut_in_the_history() throws Closed {
    var long4xx =
        new Deferred(Scope.HOST, new Observed(EnhancedStatus.of("4.4.1"), "x".repeat(5_000)));
    outlet.settle(
        new FakeTaken(Samples.message(Samples.CAROL)),
        MESSAGE,
        attempted(Map.of(Samples.CAROL, long4xx)));
    assertEquals(500, queue.envelopes("retry.1m").getFirst().attempts().getFirst().said().length());
  }

  private String onlyDsn() {
    var dsns = queue.envelopes("remote");
    assertEquals(1, dsns.size());
    var content = (Content.Inline) dsns.getFirst().content();
    return new String(content.octets().toArray(), StandardCharsets.US_ASCII);
  }

  private static InputStream gone() throws ContentGone {
    throw new ContentGone("remote-0@17: deleted");
  }

  private static Attempted spoilt(Map<Recipient, DeliveryOutcome> outcomes) {
    return new Attempted(
        outcomes,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new IllegalStateException("a fault")),
        Duration.ZERO);
  }

  private static Attempted attempted(Map<Recipient, DeliveryOutcome> outcomes) {
    return new Attempted(
        new LinkedHashMap<>(outcomes),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO);
  }

  private static Content elsewhere() {
    return new Content.InRecord(new RecordPosition("remote", 0, 17), 100);
  }
}
