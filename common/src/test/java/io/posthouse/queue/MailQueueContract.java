package io.posthouse.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.posthouse.address.MailAddress;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.RandomEnvelopes;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.DeadLetters.Burial;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.queue.record.DeadLetterRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every queue does with what it is given. Tests share its topics, so each looks for its own
/// message.
public interface MailQueueContract {
  Instant NOW = Instant.parse("2026-03-02T08:14:07.412Z");

  MailQueue queue();

  DeadLetters deadLetters();

  ContentStore contents();

  Topics topics();

  /// All that a topic holds at this time.
  List<StoredRecord> records(String topic);

  @Test
  default void a_message_for_one_user_goes_to_local_with_the_user_as_its_key() {
    var message = Samples.message(Samples.ALICE);
    assertEquals(new Put.Queued(message.queueId()), answer(queue().put(message)));
    assertEquals("0a11ce000000000000000001", only(topics().local(), message).key());
  }

  @Test
  default void a_message_for_one_domain_goes_to_remote_with_the_domain_as_its_key() {
    var message = Samples.message(Samples.CAROL, Samples.remote("erin@EXAMPLE.net"));
    assertEquals(new Put.Queued(message.queueId()), answer(queue().put(message)));
    assertEquals("example.net", only(topics().remote(), message).key());
  }

  @Test
  default void a_message_for_several_is_one_record_in_split_with_the_queue_id_as_its_key() {
    var message = Samples.message(Samples.ALICE, Samples.BOB, Samples.CAROL);
    assertEquals(new Put.Queued(message.queueId()), answer(queue().put(message)));
    assertEquals(message.queueId().text(), only(topics().split(), message).key());
  }

  @Test
  default void two_addresses_of_one_user_are_one_destination() {
    var alias = new Recipient(MailAddress.of("ally@example.test"), Samples.ALICE.destination());
    var message = Samples.message(Samples.ALICE, alias);
    answer(queue().put(message));
    assertEquals(message, only(topics().local(), message).envelope());
  }

  @Test
  default void what_is_put_comes_out_as_it_was() {
    var seed = 20260302L;
    var random = new RandomEnvelopes(seed);
    var envelopes = Stream.generate(random::next).limit(50).toList();
    envelopes.forEach(envelope -> answer(queue().put(envelope)));
    var ids = envelopes.stream().map(Envelope::queueId).toList();
    var found =
        Stream.of(topics().remote(), topics().local(), topics().split())
            .flatMap(topic -> records(topic).stream().map(StoredRecord::envelope))
            .filter(envelope -> ids.contains(envelope.queueId()))
            .collect(Collectors.toSet());
    assertEquals(Set.copyOf(envelopes), found, () -> "seed " + seed);
  }

  @Test
  default void a_deferred_message_goes_to_the_topic_of_its_delay() {
    var message =
        Samples.message(new Content.Chunked(0, List.of(7L), 100), Samples.CAROL)
            .deferred(new Attempt(NOW, "worker-1", "", "timed out"), NOW.plusSeconds(300));
    assertEquals(
        new Put.Queued(message.queueId()), answer(queue().defer(message, Duration.ofMinutes(5))));
    var record = only(topics().retry(Duration.ofMinutes(5)), message);
    assertEquals("example.net", record.key());
    assertEquals(message, record.envelope());
  }

  @Test
  default void a_held_message_goes_to_the_topic_of_what_is_held() {
    var message = Samples.message(new Content.Chunked(0, List.of(7L), 100), Samples.CAROL);
    assertEquals(new Put.Queued(message.queueId()), answer(queue().hold(message)));
    var record = only(topics().held(), message);
    assertEquals("example.net", record.key());
    assertEquals(message, record.envelope());
  }

  @Test
  default void content_is_never_copied_by_a_deferral() {
    var message = Samples.message(Samples.CAROL);
    assertThrows(IllegalArgumentException.class, () -> queue().hold(message));
    assertThrows(
        IllegalArgumentException.class, () -> queue().defer(message, Duration.ofMinutes(5)));
  }

  @Test
  default void a_buried_message_lies_with_its_reason_among_the_dead_letters() {
    var message = Samples.message(Samples.CAROL);
    assertEquals(
        new Put.Queued(message.queueId()), answer(queue().bury(message, "a fault of ours")));
    var letter = letter("a fault of ours", message.queueId());
    assertArrayEquals(EnvelopeCodec.encode(message), letter.getOriginal().toByteArray());
  }

  @Test
  default void a_record_nobody_can_read_is_buried_as_it_is() {
    var junk = Octets.of(new byte[] {0, (byte) 0xff, 13, 10});
    var origin = new RecordPosition("some.topic", 3, 14);
    assertEquals(
        new Burial.Buried(),
        answer(deadLetters().bury(origin, junk, "unreadable " + Samples.queueId())));
    var letter =
        letters().stream().filter(l -> l.getOrigin().getOffset() == 14).findFirst().orElseThrow();
    assertArrayEquals(junk.toArray(), letter.getOriginal().toByteArray());
    assertEquals("some.topic", letter.getOrigin().getTopic());
    assertEquals(3, letter.getOrigin().getPartition());
  }

  @Test
  default void uploaded_content_comes_back_exactly() throws IOException {
    var id = Samples.queueId();
    var octets = random(2 * ContentUpload.LONGEST_CHUNK + 12345);
    var content = uploaded(id, octets, ContentUpload.LONGEST_CHUNK);
    assertEquals(octets.length, content.size());
    assertEquals(3, content.offsets().size());
    assertArrayEquals(octets, contents().open(id, content).readAllBytes());
  }

  @Test
  default void uploads_at_the_same_time_do_not_mix() throws IOException {
    var ids = IntStream.range(0, 8).mapToObj(_ -> Samples.queueId()).toList();
    var octets = ids.stream().map(id -> random(20_000 + id.hashCode() % 1000)).toList();
    var uploads = ids.stream().map(queue()::upload).toList();
    for (int from = 0; from < 25_000; from += 1000)
      for (int i = 0; i < 8; i++) {
        var all = octets.get(i);
        var length = Math.min(1000, all.length - from);
        if (length > 0) uploads.get(i).write(Octets.of(all, from, length));
      }
    for (int i = 0; i < 8; i++)
      assertArrayEquals(
          octets.get(i),
          contents().open(ids.get(i), answer(uploads.get(i).finish())).readAllBytes());
  }

  @Test
  default void content_is_read_octet_by_octet_as_well() throws IOException {
    var id = Samples.queueId();
    var octets = random(10_000);
    try (var in = contents().open(id, uploaded(id, octets, 999))) {
      for (var octet : octets) assertEquals(octet & 0xff, in.read());
      assertEquals(-1, in.read());
    }
  }

  @Test
  default void an_upload_of_nothing_has_no_place() {
    var finished = queue().upload(Samples.queueId()).finish().toCompletableFuture();
    assertThrows(ExecutionException.class, () -> finished.get(30, TimeUnit.SECONDS));
  }

  @Test
  default void a_chunk_longer_than_a_record_may_be_is_a_fault() {
    var upload = queue().upload(Samples.queueId());
    var tooLong = Octets.of(new byte[ContentUpload.LONGEST_CHUNK + 1]);
    assertThrows(IllegalArgumentException.class, () -> upload.write(tooLong));
  }

  @Test
  default void content_of_another_message_is_never_read_in_its_place() {
    var id = Samples.queueId();
    var content = uploaded(id, random(5000), 1000);
    assertThrows(
        ContentGone.class, () -> contents().open(Samples.queueId(), content).readAllBytes());
  }

  @Test
  default void chunks_in_another_order_are_not_the_content() {
    var id = Samples.queueId();
    var content = uploaded(id, random(3000), 1000);
    var shuffled =
        new Content.Chunked(content.partition(), content.offsets().reversed(), content.size());
    assertThrows(ContentGone.class, () -> contents().open(id, shuffled).readAllBytes());
  }

  @Test
  default void content_that_lacks_a_chunk_never_passes_for_the_whole() {
    var id = Samples.queueId();
    var content = uploaded(id, random(3000), 1000);
    var cut =
        new Content.Chunked(content.partition(), content.offsets().subList(0, 2), content.size());
    assertThrows(ContentGone.class, () -> contents().open(id, cut).readAllBytes());
  }

  @Test
  default void content_inline_in_a_record_is_read_from_there() throws IOException {
    var message = Samples.message(Samples.text("where it lies"), Samples.CAROL);
    answer(queue().put(message));
    var at = only(topics().remote(), message).position();
    var content = new Content.InRecord(at, 13);
    var read = contents().open(message.queueId(), content).readAllBytes();
    assertEquals("where it lies", new String(read, StandardCharsets.US_ASCII));
  }

  @Test
  default void the_record_of_another_message_is_never_read_in_its_place() {
    var message = Samples.message(Samples.text("where it lies"), Samples.CAROL);
    answer(queue().put(message));
    var content = new Content.InRecord(only(topics().remote(), message).position(), 13);
    assertThrows(ContentGone.class, () -> contents().open(Samples.queueId(), content));
  }

  @Test
  default void inline_content_is_at_hand() throws IOException {
    var read = contents().open(Samples.queueId(), Samples.text("at hand")).readAllBytes();
    assertEquals("at hand", new String(read, StandardCharsets.US_ASCII));
  }

  private Content.Chunked uploaded(QueueId id, byte[] octets, int chunk) {
    var upload = queue().upload(id);
    for (int from = 0; from < octets.length; from += chunk) {
      var length = Math.min(chunk, octets.length - from);
      answer(upload.write(Octets.of(octets, from, length)).thenApply(_ -> "durable"));
    }
    return answer(upload.finish());
  }

  private StoredRecord only(String topic, Envelope message) {
    var found =
        records(topic).stream()
            .filter(record -> record.envelope().queueId().equals(message.queueId()))
            .toList();
    assertEquals(1, found.size(), () -> message.queueId() + " in " + topic);
    return found.getFirst();
  }

  private DeadLetterRecord letter(String reason, QueueId id) {
    var found =
        letters().stream()
            .filter(letter -> letter.getReason().equals(reason))
            .filter(letter -> letter.getOriginal().toStringUtf8().contains(id.text()))
            .toList();
    assertEquals(1, found.size());
    assertTrue(found.getFirst().getOrigin().getTopic().isEmpty());
    return found.getFirst();
  }

  private List<DeadLetterRecord> letters() {
    return records(topics().dead()).stream().map(MailQueueContract::letter).toList();
  }

  private static DeadLetterRecord letter(StoredRecord record) {
    try {
      return DeadLetterRecord.parseFrom(record.value().toArray());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] random(int length) {
    var octets = new byte[length];
    new SplittableRandom(length).nextBytes(octets);
    return octets;
  }

  private static <T> T answer(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
