package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What operators hold for weeks, on topics whose records are as old as a test says.
class LongHoldIT {
  private static final Duration TIER = Duration.ofHours(1);
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(List.of(TIER), Duration.ofDays(5));
  private static final JanitorSettings KEPT = JanitorSettings.of(Duration.ofDays(7), SCHEDULE);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Instant taken = now.minus(Duration.ofDays(14));
  private final Instant held = now.minus(Duration.ofDays(8));

  private final List<Service> started = new ArrayList<>();
  private final List<Optional<QueueId>> buried = new CopyOnWriteArrayList<>();
  private TestQueue queue;
  private KafkaMailQueue mail;
  private KafkaContentStore contents;
  private KafkaDirectives directives;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(LongHoldIT.class);
    var topics = queue.topics();
    queue.createOld(1, topics.remote(), topics.content(), topics.held());
    queue.create(1, topics.remoteDue(), topics.localDue(), topics.retry(TIER), topics.dead());
    queue.create(1, topics.control());
    mail = TestTopics.queue(queue.cluster(), Sending.DEFAULT, "worker-1");
    contents = new KafkaContentStore(queue.cluster(), 2, Duration.ofSeconds(20));
    directives = new KafkaDirectives(queue.cluster());
    start(mail);
    start(directives);
  }

  @AfterEach
  void close() {
    started.reversed().forEach(Service::close);
    contents.close();
    queue.close();
  }

  @Test
  void the_janitor_deletes_what_is_old_and_what_is_held_loses_nothing() throws Exception {
    var contents =
        List.of(octets(100_000), Octets.EMPTY, Octets.utf8("Subject: hello\r\n"), octets(10));
    var messages = contents.stream().map(this::hold).toList();
    commit(new ConsumerGroups(queue.topics()).deliver(), queue.topics().remote(), 4, "");
    assertEquals(new Janitor.Round(0, 1, 0), janitor().round());
    startMover();
    awaitRenewed(messages);
    // Now nothing of it is old, and what it was before is needed by nobody.
    assertEquals(new Janitor.Round(4, 0, 0), janitor().round());
    assertEquals(List.of(), queue.read(queue.topics().remote()));
    assertEquals(Set.of(held), seen());

    give("release-1", new Act.Release(), now);
    var released = awaitReleased(messages);
    for (int i = 0; i < contents.size(); i++)
      assertArrayEquals(contents.get(i).toArray(), content(released.get(i)));
    assertTrue(released.stream().allMatch(one -> one.orders().heldSince().isEmpty()));
    assertEquals(List.of(), queue.read(queue.topics().dead()));
  }

  @Test
  void a_long_message_is_renewed_chunk_by_chunk_and_stays_as_it_was() throws Exception {
    var octets = octets(2_500_000);
    var id = Samples.queueId();
    var chunks = new DurableQueue(mail).chunks(id, octets::input);
    var message = Samples.message(id, chunks, Samples.CAROL);
    queue.put(queue.topics().held(), message, held);
    startMover();
    awaitRenewed(List.of(message));
    give("release-1", new Act.Release(), now);
    var released = awaitReleased(List.of(message)).getFirst();
    assertNotEquals(chunks, released.content());
    assertArrayEquals(octets.toArray(), content(released));
  }

  @Test
  void what_has_lost_its_content_is_a_dead_letter_and_what_is_behind_it_is_renewed() {
    var position = new RecordPosition(queue.topics().remote(), 0, 0);
    var lost = Samples.message(new Content.InRecord(position, 10), Samples.CAROL);
    queue.put(queue.topics().remote(), Samples.message(Samples.CAROL), taken);
    queue.put(queue.topics().held(), lost, held);
    var behind = hold(octets(10));
    startMover();
    awaitRenewed(List.of(behind));
    assertEquals(1, queue.read(queue.topics().dead()).size());
    assertEquals(List.of(Optional.of(lost.queueId())), buried);
  }

  @Test
  void an_order_is_remembered_while_mail_is_held_that_came_before_it() throws Exception {
    give("drop-1", new Act.Drop(), now.minus(Duration.ofDays(60)));
    give("drop-2", new Act.Drop(), now.minus(Duration.ofDays(59)));
    queue.put(queue.topics().held(), Samples.message(Samples.CAROL), now);
    // Both are done to what may come, and neither was to what is there.
    var swept = new SweepNote(1, 0, Optional.empty()).metadata();
    commit(new ConsumerGroups(queue.topics()).mover(), queue.topics().held(), 0, swept);
    assertEquals(0, janitor().round().forgotten());
    commit(new ConsumerGroups(queue.topics()).mover(), queue.topics().held(), 1, swept);
    assertEquals(1, janitor().round().forgotten());
  }

  /// A message that was taken two weeks ago, and held later.
  private Envelope hold(Octets octets) {
    var message = Samples.message(new Content.Inline(octets), Samples.CAROL);
    var at = queue.put(queue.topics().remote(), message, taken);
    var position = new RecordPosition(at.topic(), at.partition(), at.offset());
    var kept = message.withContent(new Content.InRecord(position, octets.length()));
    queue.put(queue.topics().held(), kept, held);
    return kept;
  }

  private void startMover() {
    var carrier = new ContentCarrier(contents, new DurableQueue(mail));
    start(
        RetryMover.of(
            queue.cluster(),
            SCHEDULE,
            directives,
            new ContentRenewals(carrier, KEPT),
            "a",
            this::hear,
            InstantSource.system()));
  }

  private void hear(MailEvent event) {
    if (event instanceof MailEvent.DeadLettered dead) buried.add(dead.about());
  }

  private Janitor janitor() {
    return new Janitor(queue.cluster(), KEPT, directives, InstantSource.system());
  }

  private void give(String id, Act act, Instant at) throws Exception {
    var directive =
        new Directive(id, act, QueueFilter.EVERYTHING, at, Optional.empty(), "", "olga");
    directives.give(directive);
    assertTrue(directives.await(directive, Duration.ofSeconds(30)));
  }

  /// Until each has been written anew once, and none twice.
  private void awaitRenewed(List<Envelope> messages) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertEquals(
                ids(messages),
                queue.envelopes(queue.topics().held()).stream()
                    .filter(one -> one.orders().heldSince().isPresent())
                    .map(Envelope::queueId)
                    .toList()));
  }

  private List<Envelope> awaitReleased(List<Envelope> messages) {
    var due = queue.topics().remoteDue();
    await().atMost(Duration.ofMinutes(1)).until(() -> queue.read(due).size() >= messages.size());
    assertEquals(ids(messages), ids(queue.envelopes(due)));
    return queue.envelopes(due);
  }

  /// Since when operators see that messages are held.
  private Set<Instant> seen() throws KafkaUnreachable {
    var since = new HashSet<Instant>();
    new QueueScanner(queue.cluster())
        .scan(
            Set.of(Place.HELD),
            found -> {
              since.add(found.written());
              return true;
            },
            (_, _) -> {});
    return since;
  }

  private byte[] content(Envelope envelope) throws IOException {
    try (var octets = contents.open(envelope.queueId(), envelope.content())) {
      return octets.readAllBytes();
    }
  }

  private void commit(String group, String topic, long offset, String metadata) throws Exception {
    var at = Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset, metadata));
    queue.admin().alterConsumerGroupOffsets(group, at).all().get();
  }

  private static List<QueueId> ids(List<Envelope> envelopes) {
    return envelopes.stream().map(Envelope::queueId).toList();
  }

  private static Octets octets(int howMany) {
    var octets = new byte[howMany];
    new Random(howMany).nextBytes(octets);
    return Octets.of(octets);
  }

  private void start(Service service) {
    started.add(service);
    service.start();
  }
}
