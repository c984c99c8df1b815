package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.Found;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.Place;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.queue.Taken;
import io.posthouse.queue.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueScannerIT {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofHours(1);
  private static final Set<Place> EVERYWHERE = EnumSet.allOf(Place.class);

  private TestQueue queue;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(QueueScannerIT.class);
    var topics = queue.topics();
    queue.create(
        3,
        topics.remote(),
        topics.local(),
        topics.remoteDue(),
        topics.localDue(),
        topics.split(),
        topics.retry(SOON),
        topics.retry(LATER),
        topics.held(),
        topics.dead());
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void a_message_is_found_wherever_it_is() throws Exception {
    var topics = queue.topics();
    var messages = Stream.generate(() -> Samples.message(Samples.CAROL)).limit(7).toList();
    put(topics.remote(), messages.get(0));
    put(topics.local(), messages.get(1));
    put(topics.split(), messages.get(2));
    put(topics.localDue(), messages.get(3));
    put(topics.retry(LATER), messages.get(4));
    put(topics.held(), messages.get(5));
    bury(messages.get(6));
    var found = scan(EVERYWHERE);
    assertEquals(
        List.of(
            Place.FIRST,
            Place.FIRST,
            Place.SPLIT,
            Place.DUE,
            Place.DEFERRED,
            Place.HELD,
            Place.DEAD),
        messages.stream().map(message -> placeOf(message, found)).toList());
    assertEquals(7, found.size());
  }

  @Test
  void a_scan_of_one_place_looks_at_no_other() throws Exception {
    put(queue.topics().remote(), Samples.message(Samples.CAROL));
    var held = Samples.message(Samples.CAROL);
    put(queue.topics().held(), held);
    assertEquals(List.of(held), envelopes(scan(Set.of(Place.HELD))));
  }

  @Test
  void what_is_settled_is_not_owed_whatever_lies_around_it() throws Exception {
    var messages = Stream.generate(() -> Samples.message(Samples.CAROL)).limit(2_000).toList();
    queue.put(queue.topics().remote(), messages);
    var kept = Set.of(ids(messages).get(3), ids(messages).get(1_990), ids(messages).get(1_995));
    var intake = settleAllBut(kept);
    assertEquals(kept, Set.copyOf(ids(envelopes(scan(EVERYWHERE)))));
    assertEquals(2_000, intake);
  }

  @Test
  void what_the_mover_has_moved_is_found_once_where_it_is_now() throws Exception {
    var soon = Samples.message(Samples.CAROL).postponed(Instant.EPOCH);
    var later = Samples.message(Samples.CAROL).postponed(Instant.now().plus(LATER));
    put(queue.topics().retry(SOON), soon);
    put(queue.topics().retry(LATER), later);
    var schedule = new RetrySchedule(List.of(SOON, LATER), Duration.ofDays(5));
    queue.create(1, queue.topics().control());
    var directives = new KafkaDirectives(queue.cluster());
    directives.start();
    var mover =
        RetryMover.of(
            queue.cluster(),
            schedule,
            directives,
            new NoRenewals(),
            "a",
            _ -> {},
            InstantSource.system());
    mover.start();
    await().until(() -> queue.envelopes(queue.topics().remoteDue()).size() == 1);
    mover.drain(Duration.ofSeconds(20));
    directives.close();
    var found = scan(EVERYWHERE);
    assertEquals(2, found.size());
    assertEquals(Place.DUE, placeOf(soon, found));
    assertEquals(Place.DEFERRED, placeOf(later, found));
  }

  @Test
  void what_is_in_a_transaction_that_never_ended_is_not_there() throws Exception {
    put(queue.topics().remoteDue(), Samples.message(Samples.CAROL));
    var bytes = new ByteArraySerializer();
    var shape = Map.of("transactional.id", queue.topics().prefix() + "killed");
    try (var killed = new KafkaProducer<>(queue.cluster().client(Map.of(), shape), bytes, bytes)) {
      killed.initTransactions();
      killed.beginTransaction();
      var envelope = EnvelopeCodec.encode(Samples.message(Samples.CAROL));
      killed
          .send(new ProducerRecord<>(queue.topics().remoteDue(), 0, new byte[0], envelope))
          .get(30, TimeUnit.SECONDS);
      assertEquals(1, scan(EVERYWHERE).size());
      killed.abortTransaction();
      assertEquals(1, scan(EVERYWHERE).size());
    }
  }

  @Test
  void a_record_that_is_no_message_is_shown_with_the_reason() throws Exception {
    queue.put(queue.topics().remote(), 1, new byte[] {1, 2, 3});
    queue.put(queue.topics().dead(), 1, new byte[] {1, 2, 3});
    var found = scan(EVERYWHERE);
    assertEquals(2, found.size());
    found.forEach(one -> assertInstanceOf(Found.Unreadable.class, one));
  }

  @Test
  void a_dead_letter_tells_the_reason_and_what_it_was() throws Exception {
    var message = Samples.message(Samples.CAROL);
    bury(message);
    var dead = assertInstanceOf(Found.Dead.class, scan(Set.of(Place.DEAD)).getFirst());
    assertEquals("three strikes", dead.reason());
    assertEquals(message, dead.envelope().orElseThrow());
  }

  @Test
  void a_scan_ends_when_its_visitor_has_enough() throws Exception {
    queue.put(
        queue.topics().remote(),
        Stream.generate(() -> Samples.message(Samples.CAROL)).limit(100).toList());
    var seen = new ArrayList<Found>();
    new QueueScanner(queue.cluster())
        .scan(EVERYWHERE, one -> seen.add(one) && seen.size() < 10, (_, _) -> {});
    assertEquals(10, seen.size());
  }

  @Test
  void who_wants_one_message_is_shown_no_other_and_none_is_read_for_it() throws Exception {
    var messages = Stream.generate(() -> Samples.message(Samples.CAROL)).limit(100).toList();
    queue.put(queue.topics().remote(), messages);
    bury(messages.get(7));
    bury(messages.get(8));
    // Whoever read it would find that it is no message, and show that.
    var rubbish = Arrays.copyOf(EnvelopeCodec.encode(messages.get(8)), 40);
    queue.put(queue.topics().held(), 1, rubbish);
    var found = new ArrayList<Found>();
    new QueueScanner(queue.cluster())
        .look(EVERYWHERE, Optional.of(messages.get(7).queueId()))
        .show(found::add, (_, _) -> {});
    assertEquals(List.of(messages.get(7), messages.get(7)), envelopes(found));
    assertEquals(2, found.size());
    assertEquals(103, scan(EVERYWHERE).size());
  }

  @Test
  void what_names_no_message_is_shown_to_who_wants_one() throws Exception {
    queue.put(queue.topics().remote(), 1, new byte[] {1, 2, 3});
    var found = new ArrayList<Found>();
    new QueueScanner(queue.cluster())
        .look(EVERYWHERE, Optional.of(Samples.queueId()))
        .show(found::add, (_, _) -> {});
    assertInstanceOf(Found.Unreadable.class, found.getFirst());
  }

  @Test
  void progress_grows_up_to_all_there_is() throws Exception {
    queue.put(
        queue.topics().remote(),
        Stream.generate(() -> Samples.message(Samples.CAROL)).limit(50).toList());
    queue.put(
        queue.topics().retry(LATER),
        Stream.generate(() -> Samples.message(Samples.DAVE)).limit(50).toList());
    var told = new ArrayList<Long>();
    new QueueScanner(queue.cluster())
        .scan(
            EVERYWHERE,
            _ -> true,
            (done, total) -> {
              assertEquals(100, total);
              told.add(done);
            });
    assertEquals(told.stream().sorted().toList(), told);
    assertEquals(100, told.getLast());
  }

  @Test
  void a_queue_without_topics_is_none_and_one_without_a_broker_unreachable() {
    var none = new QueueScanner(new KafkaCluster(bootstrap(), new Topics("nobody.made.these.")));
    var missing = assertThrows(KafkaUnreachable.class, () -> none.look(EVERYWHERE));
    assertTrue(missing.toString().contains("no topic nobody.made.these.remote"));
    var away =
        new KafkaCluster(
            "127.0.0.1:1",
            queue.topics(),
            Map.of("default.api.timeout.ms", "300", "request.timeout.ms", "300"));
    var scanner = new QueueScanner(away);
    assertThrows(KafkaUnreachable.class, () -> scanner.scan(EVERYWHERE, _ -> true, (_, _) -> {}));
  }

  private static String bootstrap() {
    return TestBroker.shared().bootstrap();
  }

  /// How many were taken.
  private int settleAllBut(Set<QueueId> kept) {
    Predicate<Taken> settles = taken -> !kept.contains(taken.envelope().queueId());
    var intake = new RecordingIntake(settles);
    var group = new ConsumerGroups(queue.topics()).deliver();
    var reader =
        new LedgerReader(
            queue.cluster(),
            LedgerSettings.of(group, "a", List.of(queue.topics().remote())),
            intake,
            new RecordingDeadLetters(0),
            _ -> {},
            InstantSource.system());
    reader.start();
    await().until(() -> intake.count() == 2_000);
    reader.drain(Duration.ofSeconds(1));
    return intake.count();
  }

  private void bury(Envelope envelope) throws Exception {
    var letters = TestTopics.queue(queue.cluster(), Sending.DEFAULT, "a");
    letters.start();
    var put = letters.bury(envelope, "three strikes").toCompletableFuture();
    assertInstanceOf(MailQueue.Put.Queued.class, put.get(30, TimeUnit.SECONDS));
    letters.drain(Duration.ofSeconds(20));
  }

  private void put(String topic, Envelope envelope) {
    queue.put(topic, List.of(envelope));
  }

  private List<Found> scan(Set<Place> places) throws KafkaUnreachable {
    var found = new ArrayList<Found>();
    new QueueScanner(queue.cluster())
        .scan(places, found::add, (done, total) -> assertTrue(done <= total));
    return found;
  }

  private static Place placeOf(Envelope envelope, List<Found> found) {
    var places =
        found.stream()
            .filter(one -> ids(envelopes(List.of(one))).contains(envelope.queueId()))
            .map(Found::place)
            .collect(Collectors.toSet());
    assertEquals(1, places.size());
    return places.iterator().next();
  }

  private static List<Envelope> envelopes(List<Found> found) {
    return found.stream()
        .flatMap(one ->
            switch (one) {
              case Found.Owed owed -> Stream.of(owed.envelope());
              case Found.Dead dead -> dead.envelope().stream();
              case Found.Unreadable _ -> Stream.empty();
            })
        .toList();
  }

  private static List<QueueId> ids(List<Envelope> envelopes) {
    return envelopes.stream().map(Envelope::queueId).toList();
  }
}
