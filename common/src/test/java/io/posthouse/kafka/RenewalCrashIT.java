package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RenewalCrashIT {
  private static final int MESSAGES = 500;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void whoever_is_killed_while_content_is_brought_each_message_is_held_once_with_its_content()
      throws Exception {
    try (var queue = TestQueue.fresh(RenewalCrashIT.class)) {
      var topics = queue.topics();
      queue.createOld(2, topics.held());
      queue.create(
          2, topics.remote(), topics.content(), topics.remoteDue(), topics.retry(KilledPipes.TIER));
      queue.create(1, topics.control(), topics.dead());
      var held = hold(queue);
      for (int kill = 1; kill <= KILLS; kill++) {
        // What is brought is ahead of what is held anew, so all are killed between the two.
        var enough = MESSAGES * kill / (KILLS + 1);
        try (var victim = victim(queue)) {
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(100))
              .until(() -> brought(queue) >= enough || !victim.isAlive());
        }
      }
      try (var _ = victim(queue)) {
        await().atMost(PATIENCE).until(() -> renewed(queue) >= MESSAGES);
      }
      assertEquals(MESSAGES, renewed(queue));
      assertTrue(brought(queue) >= MESSAGES);
      assertEquals(held, contents(queue));
    }
  }

  private static ChildJvm victim(TestQueue queue) {
    return ChildJvm.run(
        KilledRenewals.class, TestBroker.shared().bootstrap(), queue.topics().prefix());
  }

  private static long brought(TestQueue queue) {
    return queue.read(queue.topics().content()).size();
  }

  private static long renewed(TestQueue queue) {
    return queue.envelopes(queue.topics().held()).stream()
        .filter(envelope -> envelope.orders().heldSince().isPresent())
        .count();
  }

  /// What each message that is held says.
  private static Map<QueueId, String> hold(TestQueue queue) {
    var texts = new HashMap<QueueId, String>();
    var messages = new ArrayList<Envelope>();
    for (int i = 0; i < MESSAGES; i++) {
      var id = Samples.queueId();
      texts.put(id, "Subject: " + i + "\r\n");
      var to = Samples.remote("user@d" + i + ".example");
      messages.add(Samples.message(id, Samples.text(texts.get(id)), to));
    }
    var then = Instant.now().minus(Duration.ofDays(8));
    var at = queue.put(queue.topics().remote(), messages);
    for (int i = 0; i < MESSAGES; i++) {
      var place = new RecordPosition(at.get(i).topic(), at.get(i).partition(), at.get(i).offset());
      var message = messages.get(i);
      var content = new Content.InRecord(place, message.content().size());
      queue.put(queue.topics().held(), message.withContent(content), then);
    }
    return texts;
  }

  /// Fails where one is held twice.
  private static Map<QueueId, String> contents(TestQueue queue) throws KafkaUnreachable {
    var found = new ArrayList<Envelope>();
    new QueueScanner(queue.cluster())
        .scan(Set.of(Place.HELD), one -> found.add(((Found.Owed) one).envelope()), (_, _) -> {});
    var texts = new HashMap<QueueId, String>();
    try (var store = new KafkaContentStore(queue.cluster(), 2, Duration.ofSeconds(20))) {
      for (var envelope : List.copyOf(found))
        assertEquals(null, texts.put(envelope.queueId(), text(store, envelope)));
    }
    return texts;
  }

  private static String text(KafkaContentStore store, Envelope envelope) {
    try (var octets = store.open(envelope.queueId(), envelope.content())) {
      return new String(octets.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
