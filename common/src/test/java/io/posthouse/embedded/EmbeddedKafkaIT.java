package io.posthouse.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.lifecycle.CannotStartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final TopicPartition MAIL = new TopicPartition("mail", 0);

  @TempDir Path directory;

  @Test
  void records_outlive_a_restart_on_other_ports() throws Exception {
    try (var kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(directory))) {
      createTopic(kafka.bootstrap());
      try (var producer = producer(kafka.bootstrap())) {
        producer.send(new ProducerRecord<>(MAIL.topic(), "one")).get();
      }
      assertEquals(Set.of("one"), recordsOn(kafka.bootstrap()));
    }
    try (var kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(directory))) {
      assertEquals(Set.of("one"), recordsOn(kafka.bootstrap()));
    }
  }

  @Test
  void nothing_acknowledged_is_lost_when_the_broker_is_killed() throws Exception {
    var acknowledged = ConcurrentHashMap.<String>newKeySet();
    try (var broker = ForkedServer.start("broker", directory)) {
      var bootstrap = Loopback.HOST + ":" + broker.port();
      createTopic(bootstrap);
      var producer = producer(bootstrap);
      var writer = Thread.ofPlatform().start(() -> produceUntilKilled(producer, acknowledged));
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.size() > 200);
      broker.kill();
      producer.close(Duration.ZERO); // or it would try for two minutes
      writer.join();
    }
    try (var kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(directory))) {
      assertTrue(recordsOn(kafka.bootstrap()).containsAll(acknowledged));
    }
  }

  @Test
  void a_directory_in_use_and_a_port_that_is_taken_are_refused_in_a_sentence() {
    var settings = EmbeddedKafka.Settings.in(directory.resolve("one"));
    try (var kafka = EmbeddedKafka.start(settings)) {
      var inUse = assertThrows(CannotStartException.class, () -> EmbeddedKafka.start(settings));
      assertTrue(sentence(inUse).contains("in use by another process"), sentence(inUse));
      var onItsPort = EmbeddedKafka.Settings.in(directory.resolve("other")).withPort(kafka.port());
      var taken = assertThrows(CannotStartException.class, () -> EmbeddedKafka.start(onItsPort));
      assertTrue(sentence(taken).contains("port " + kafka.port()), sentence(taken));
    }
  }

  private static void createTopic(String bootstrap) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(MAIL.topic(), 1, (short) 1))).all().get();
    }
  }

  private static void produceUntilKilled(
      KafkaProducer<String, String> producer, Set<String> acknowledged) {
    try {
      for (var i = 0; ; i++) {
        var value = "message " + i;
        producer.send(new ProducerRecord<>(MAIL.topic(), value)).get();
        acknowledged.add(value);
      }
    } catch (ExecutionException | KafkaException | IllegalStateException e) {
      // The broker is gone and the producer closed, as they should be.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static KafkaProducer<String, String> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", "0"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static Set<String> recordsOn(String bootstrap) {
    var values = new HashSet<String>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(MAIL));
      consumer.seekToBeginning(List.of(MAIL));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(MAIL)).get(MAIL));
      while (consumer.position(MAIL) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(each -> values.add(each.value()));
      }
    }
    return values;
  }

  private static String sentence(CannotStartException e) {
    return Objects.requireNonNull(e.getMessage());
  }
}
