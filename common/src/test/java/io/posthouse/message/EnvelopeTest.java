package io.posthouse.message;

import static io.posthouse.message.Samples.ALICE;
import static io.posthouse.message.Samples.BOB;
import static io.posthouse.message.Samples.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EnvelopeTest {
  private static final Instant START = Instant.parse("2026-03-02T08:14:07.412Z");

  @Test
  void an_envelope_is_for_somebody() {
    var message = Samples.message(ALICE);
    assertThrows(IllegalArgumentException.class, () -> message.forRecipients(List.of()));
  }

  @Test
  void a_message_on_its_first_way_has_no_history() {
    var message = Samples.message(ALICE);
    assertEquals(List.of(), message.attempts());
    assertEquals(0, message.attemptCount());
    assertEquals(Optional.empty(), message.due());
  }

  @Test
  void destinations_are_each_named_once_in_the_order_of_the_recipients() {
    var message = Samples.message(CAROL, ALICE, Samples.remote("dan@example.net"), BOB);
    assertEquals(
        List.of(CAROL.destination(), ALICE.destination(), BOB.destination()),
        message.destinations());
  }

  @Test
  void a_copy_for_fewer_recipients_is_else_the_same_message() {
    var message = Samples.message(ALICE, CAROL);
    var copy = message.forRecipients(List.of(CAROL));
    assertEquals(List.of(CAROL), copy.recipients());
    assertEquals(message, copy.forRecipients(message.recipients()));
  }

  @Test
  void the_size_of_a_message_is_its_trace_and_its_content() {
    var message = Samples.message(Samples.text("12345"), ALICE);
    assertEquals(message.trace().length() + 5, message.size());
    var elsewhere = new Content.Chunked(3, List.of(7L, 9L), 1_000_000);
    assertEquals(message.trace().length() + 1_000_000, message.withContent(elsewhere).size());
  }

  @Test
  void a_deferral_remembers_the_attempt_and_when_the_next_is_due() {
    var deferred = Samples.message(CAROL).deferred(attempt(1), START.plusSeconds(60));
    assertEquals(List.of(attempt(1)), deferred.attempts());
    assertEquals(1, deferred.attemptCount());
    assertEquals(Optional.of(START.plusSeconds(60)), deferred.due());
  }

  @Test
  void old_attempts_are_forgotten_and_still_counted() {
    var message = Samples.message(CAROL);
    for (int i = 0; i < 50; i++) message = message.deferred(attempt(i), START);
    assertEquals(50, message.attemptCount());
    assertEquals(
        IntStream.range(30, 50).mapToObj(EnvelopeTest::attempt).toList(), message.attempts());
  }

  @Test
  void places_and_sizes_are_never_negative() {
    assertThrows(IllegalArgumentException.class, () -> new RecordPosition("remote", -1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RecordPosition("remote", 0, -1));
    assertThrows(IllegalArgumentException.class, () -> new RecordPosition("", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Content.Chunked(0, List.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> new Content.Chunked(0, List.of(-1L), 0));
    assertThrows(IllegalArgumentException.class, () -> new Content.Chunked(0, List.of(0L), -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Content.InRecord(new RecordPosition("remote", 0, 0), -1));
  }

  private static Attempt attempt(int number) {
    return new Attempt(
        START.plus(Duration.ofMinutes(number)), "worker-1", "mx.example.net", "no " + number);
  }
}
