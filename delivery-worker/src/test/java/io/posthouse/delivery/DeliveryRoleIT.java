package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.ConsumerGroups;
import io.posthouse.kafka.LedgerReader;
import io.posthouse.kafka.LedgerSettings;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryRoleIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TRACE = "Received: from client.example.com\r\n";

  private final ScriptedMx mx = ScriptedMx.start();
  private final RoleOnKafka role =
      new RoleOnKafka(DeliveryRoleIT.class, "delivery.port=" + mx.port());

  @BeforeEach
  void hosts() {
    for (var domain : List.of("example.net", "example.org", "example.com"))
      role.dns.mx(domain, 10, "mx." + domain).a("mx." + domain, "127.0.0.1");
  }

  @AfterEach
  void stop() {
    role.close();
    mx.close();
  }

  @Test
  void what_was_put_before_the_worker_started_is_delivered_once() {
    put(message(Samples.CAROL));
    role.start();
    awaitMessages(1);
    role.stop();
    role.start();
    put(message(Samples.CAROL));
    awaitMessages(2);
  }

  @Test
  void content_in_chunks_arrives_octet_by_octet() {
    var random = new Random(4711);
    var text =
        IntStream.range(0, 40_000)
            .mapToObj(i -> ".".repeat(i % 3) + random.nextLong() + "\r\n")
            .collect(Collectors.joining());
    role.start();
    var id = Samples.queueId();
    put(arrivedNow(Samples.message(id, uploaded(id, text), Samples.CAROL)));
    awaitMessages(1);
    assertEquals(Octets.utf8(TRACE + text), mx.messages().getFirst().content());
  }

  @Test
  void limits_of_the_cluster_are_divided_among_those_who_read() {
    var one = reader("worker-2");
    var other = reader("worker-3");
    try {
      await()
          .atMost(SOON)
          .until(() -> one.status().partitions() > 0 && other.status().partitions() > 0);
      role.start();
      // Itself may be among them by now.
      await().atMost(SOON).until(() -> role.metric("delivery_workers") >= 2);
    } finally {
      one.close();
      other.close();
    }
  }

  @Test
  void a_message_for_two_domains_reaches_each_once() {
    role.start();
    put(message(Samples.CAROL, Samples.DAVE));
    awaitMessages(2);
    assertEquals(
        Set.of(List.of("<carol@example.net>"), List.of("<dave@example.org>")),
        Set.copyOf(mx.messages().stream().map(ScriptedMx.Message::to).toList()));
  }

  @Test
  void a_recipient_refused_for_now_gets_the_message_when_it_is_due() {
    mx.once("RCPT", "450 4.2.0 greylisted");
    role.start();
    put(message(Samples.CAROL));
    awaitMessages(1);
    assertEquals(2, role.events(MailEvent.Delivered.class).getFirst().attempt());
  }

  @Test
  void the_sender_of_what_was_refused_for_good_gets_a_dsn() {
    mx.on("RCPT TO:<carol@", "550 5.1.1 no such user");
    role.start();
    put(message(Samples.CAROL));
    awaitMessages(1);
    var dsn = mx.messages().getFirst();
    assertEquals("<>", dsn.from());
    assertEquals(List.of("<sender@example.com>"), dsn.to());
    var text = new String(dsn.content().toArray(), StandardCharsets.US_ASCII);
    assertTrue(text.contains("Final-Recipient: rfc822; carol@example.net\r\n"), text);
  }

  @Test
  void nothing_is_lost_or_doubled_while_workers_come_and_go() {
    role.start();
    var all = Set.copyOf(IntStream.range(0, 600).mapToObj(i -> "u" + i + "@example.net").toList());
    var left = List.copyOf(all);
    left.subList(0, 300).forEach(this::putFor);
    role.stop();
    left.subList(300, 600).forEach(this::putFor);
    role.start();
    awaitMessages(600);
    role.stop();
    assertEquals(600, mx.messages().size());
    assertEquals(
        all.stream().map(address -> "<" + address + ">").collect(Collectors.toSet()),
        mx.messages().stream().map(m -> m.to().getFirst()).collect(Collectors.toSet()));
  }

  private void putFor(String address) {
    put(message(Samples.remote(address)));
  }

  private static Envelope message(Recipient... recipients) {
    return arrivedNow(Samples.message(recipients));
  }

  /// As old as the queue's clock has it, or it would be expired.
  private static Envelope arrivedNow(Envelope e) {
    return Envelope.accepted(
        e.queueId(),
        e.reversePath(),
        e.returnTo(),
        e.recipients(),
        e.parameters(),
        e.client(),
        Instant.now(),
        e.trace(),
        e.content());
  }

  /// Takes part in the group, and settles nothing.
  private LedgerReader reader(String node) {
    var topics = role.kafka.topics();
    var reader =
        new LedgerReader(
            role.kafka,
            LedgerSettings.of(new ConsumerGroups(topics).deliver(), node, List.of(topics.remote())),
            _ -> {},
            role.queue,
            _ -> {},
            InstantSource.system());
    reader.start();
    return reader;
  }

  private void put(Envelope envelope) {
    assertInstanceOf(Put.Queued.class, role.queue.put(envelope).toCompletableFuture().join());
  }

  private Content uploaded(QueueId id, String text) {
    var upload = role.queue.upload(id);
    var octets = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < octets.length; at += 300_000)
      upload.write(Octets.of(octets, at, Math.min(300_000, octets.length - at)));
    return upload.finish().toCompletableFuture().join();
  }

  private void awaitMessages(int number) {
    await().atMost(SOON).until(() -> mx.messages().size() >= number);
  }
}
