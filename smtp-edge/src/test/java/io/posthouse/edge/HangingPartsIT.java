package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDirectory;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.peers.Ports;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.StoredRecord;
import io.posthouse.queue.Topics;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka and MongoDB that hang while sessions run: their sockets stay open and nobody answers,
/// which is worse than being told that they are gone.
class HangingPartsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final EmbeddedMongo mongod = EmbeddedMongo.inMemory();
  private final FreezingRelay toMongo = new FreezingRelay(URI.create(mongod.uri()).getPort());
  private final int brokerPort = Ports.free();
  private final FreezingRelay toKafka = new FreezingRelay(brokerPort);
  private final Mongo mongo = Mongo.connect("mongodb://127.0.0.1:" + toMongo.port(), "posthouse");
  // What is known stays known for the whole of a test, and what is not is asked for each time.
  private final MongoDirectory directory =
      new MongoDirectory(
          mongo,
          Set.of(new Domain("example.net")),
          InstantSource.system(),
          new MongoDirectory.Freshness(Duration.ofHours(1), Duration.ofMillis(1), 1000));

  private Optional<EmbeddedKafka> broker = Optional.empty();
  private Optional<KafkaCluster> cluster = Optional.empty();
  private Optional<KafkaMailQueue> queue = Optional.empty();
  private TestEdge edge = new TestEdge();

  @BeforeEach
  void start() throws Exception {
    new MongoUsers(mongo).create(MailAddress.of("bob@example.net"), "secret", 0);
    new MongoUsers(mongo).create(MailAddress.of("carol@example.net"), "secret", 0);
    broker =
        Optional.of(
            EmbeddedKafka.start(
                EmbeddedKafka.Settings.in(folder)
                    .withPort(brokerPort)
                    .withToldPort(toKafka.port())
                    .withFsync(false)));
    var there = new KafkaCluster("127.0.0.1:" + toKafka.port(), new Topics("hanging."));
    TestTopics.create(there);
    var kafka =
        TestTopics.queue(there, Sending.DEFAULT.withPatience(Duration.ofSeconds(4)), "edge-1");
    kafka.start();
    cluster = Optional.of(there);
    queue = Optional.of(kafka);
    edge = new TestEdge("limits.memory=16MiB").on(kafka).resolving(directory).start();
  }

  @AfterEach
  void stop() throws IOException {
    toKafka.thaw();
    toMongo.thaw();
    edge.close();
    queue.ifPresent(KafkaMailQueue::close);
    mongo.close();
    broker.ifPresent(EmbeddedKafka::close);
    mongod.close();
    toKafka.close();
    toMongo.close();
  }

  private boolean isWell() {
    return queue.orElseThrow().trouble().isEmpty() && directory.trouble().isEmpty();
  }

  private SmtpClient hello() {
    return edge.client("mx")
        .play("S: 220\nC: EHLO client.example.org\nS: 250\nC: MAIL FROM:<>\nS: 250");
  }

  @Test
  void a_directory_that_hangs_defers_strangers_and_serves_those_it_knows() {
    try (var client = hello()) {
      client.play("C: RCPT TO:<bob@example.net>\nS: 250");
      toMongo.freeze();
      client.play("C: RCPT TO:<bob@example.net>\nS: 250");
      client.play("C: RCPT TO:<carol@example.net>\nS: 451 4.3.0");
      assertTrue(directory.trouble().isPresent());
      client.play("C: DATA\nS: 354\nC: .\nS: 250 2.0.0");
      toMongo.thaw();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            client.play("C: RSET\nS: 250\nC: MAIL FROM:<>\nS: 250");
            client.play("C: RCPT TO:<carol@example.net>\nS: 250");
          });
      assertEquals(Optional.empty(), directory.trouble());
    }
  }

  @Test
  void whatever_hangs_in_turn_or_together_nothing_is_lost_and_nobody_is_refused_for_good() {
    try (var senders = new Senders(edge, 8)) {
      senders.awaitAccepted();
      toKafka.freeze();
      senders.awaitDeferred();
      await().atMost(PATIENCE).until(() -> queue.orElseThrow().trouble().isPresent());
      toMongo.freeze();
      senders.awaitDeferred();
      toKafka.thaw();
      senders.awaitAccepted();
      toKafka.freeze();
      senders.awaitDeferred();
      toMongo.thaw();
      toKafka.thaw();
      senders.awaitAccepted();
      await().atMost(PATIENCE).until(this::isWell);
      senders.stop();
      assertEquals(Set.of(), senders.oddReplies());
      everyAcceptedMessageIsInKafkaOnce(senders);
    }
    await().until(() -> edge.metrics.registry().getSampleValue("edge_content_held_bytes") == 0);
    assertTrue(edge.events.stream().noneMatch(MailEvent.Bug.class::isInstance));
  }

  private void everyAcceptedMessageIsInKafkaOnce(Senders senders) {
    var ids =
        TestTopics.records(cluster.orElseThrow(), cluster.orElseThrow().topics().local()).stream()
            .map(HangingPartsIT::queueId)
            .toList();
    assertEquals(new TreeSet<>(ids).size(), ids.size(), "in Kafka more than once");
    var lost = new TreeSet<>(senders.accepted());
    ids.forEach(lost::remove);
    assertEquals(Set.of(), lost);
  }

  private static String queueId(StoredRecord record) {
    try {
      return EnvelopeCodec.decode(record.value().toArray()).queueId().text();
    } catch (MalformedRecord e) {
      throw new AssertionError(e);
    }
  }
}
