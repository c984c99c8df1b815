package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.QueueFilter;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Orders about a queue that is worked on, on a real broker.
class DirectedRoleIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int MESSAGES = 60;

  private final ScriptedMx mx = ScriptedMx.start();
  // Nothing that is deferred comes back by itself within a test.
  private final RoleOnKafka role =
      new RoleOnKafka(
          DirectedRoleIT.class, "delivery.port=" + mx.port(), "delivery.retry.delays=[1h]");
  private final KafkaDirectives operator = new KafkaDirectives(role.kafka);
  private int given;

  @BeforeEach
  void hosts() {
    for (var domain : List.of("example.net", "example.org", "example.com"))
      role.dns.mx(domain, 10, "mx." + domain).a("mx." + domain, "127.0.0.1");
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.close();
    role.close();
    mx.close();
  }

  @Test
  void two_flushes_at_once_deliver_each_message_once_though_the_worker_starts_anew() {
    mx.on("RCPT", "450 4.2.0 later");
    role.start();
    var messages = put("example.net", MESSAGES);
    awaitDeferred(MESSAGES);
    mx.forget();
    give(new Act.Flush(), "example.net");
    give(new Act.Flush(), "example.net");
    role.stop();
    role.start();
    give(new Act.Flush(), "example.net");
    awaitArrived(MESSAGES);
    assertEquals(once(messages), arrived());
  }

  @Test
  void one_domain_of_several_is_held_and_comes_back_whole() {
    mx.on("RCPT", "450 4.2.0 later");
    role.start();
    var held = put("example.net", MESSAGES);
    awaitDeferred(MESSAGES);
    mx.forget();
    give(new Act.Hold(), "example.net");
    var more = put("example.net", 5);
    put("example.org", 5);
    awaitTouched(MESSAGES, Act.Kind.HOLD);
    awaitArrived(10);
    give(new Act.Flush(), "example.net");
    role.stop();
    role.start();
    give(new Act.Release(), "example.net");
    awaitArrived(MESSAGES + 10);
    var all = arrived();
    held.forEach(recipient -> assertEquals(1, all.get(recipient), recipient));
    more.forEach(recipient -> assertEquals(1, all.get(recipient), recipient));
  }

  @Test
  void what_is_deferred_of_one_sender_bounces_with_one_dsn_each() {
    mx.on("RCPT TO:<user", "450 4.2.0 later");
    role.start();
    put("example.net", 20);
    awaitDeferred(20);
    give(new Act.Bounce(), "example.net");
    await()
        .atMost(SOON)
        .until(() -> mx.messages().stream().filter(m -> m.from().equals("<>")).count() >= 20);
    assertEquals(20, role.events(MailEvent.Bounced.class).size());
    assertEquals(20, touched(Act.Kind.BOUNCE));
  }

  @Test
  void what_is_bounced_after_the_log_has_forgotten_it_has_one_dsn_each_and_no_loop() {
    mx.on("RCPT TO:<user", "450 4.2.0 later");
    role.start();
    put("example.net", 20);
    awaitDeferred(20);
    TestTopics.forget(role.kafka, role.kafka.topics().remote());
    give(new Act.Bounce(), "example.net");
    await().atMost(SOON).until(() -> dsns().size() >= 20);
    assertEquals(20, dsns().stream().filter(text -> text.contains("as you asked")).count());
    assertEquals(0, dsns().stream().filter(text -> text.contains("rfc822-headers")).count());
    await().atMost(SOON).until(() -> role.metric("delivery_held") == 0);
    assertEquals(20, dsns().size());
    assertEquals(20, role.events(MailEvent.Bounced.class).size());
    assertEquals(List.of(), role.events(MailEvent.DeadLettered.class));
  }

  private List<String> dsns() {
    return mx.messages().stream()
        .filter(message -> message.from().equals("<>"))
        .map(message -> text(message.content()))
        .toList();
  }

  private static String text(Octets content) {
    return new String(content.toArray(), StandardCharsets.US_ASCII);
  }

  private List<String> put(String domain, int howMany) {
    var start = given++ * 1000;
    var recipients =
        IntStream.range(start, start + howMany).mapToObj(i -> "user" + i + "@" + domain).toList();
    recipients.forEach(to -> put(Samples.remote(to)));
    return recipients.stream().map(to -> "<" + to + ">").toList();
  }

  private void put(Recipient to) {
    var message = Samples.message(new Content.Inline(Octets.utf8("Subject: hi\r\n\r\n")), to);
    var now =
        Envelope.accepted(
            message.queueId(),
            message.reversePath(),
            message.returnTo(),
            message.recipients(),
            message.parameters(),
            message.client(),
            Instant.now(),
            message.trace(),
            message.content());
    role.queue.put(now).toCompletableFuture().join();
  }

  private void give(Act act, String domain) {
    var filter = QueueFilter.of(new Criterion.To(new Domain(domain)));
    var directive =
        new Directive(
            act.kind().word() + "-" + ++given,
            act,
            filter,
            Instant.now(),
            Optional.empty(),
            "as you asked",
            "olga");
    operator.give(directive);
    await().atMost(SOON).until(() -> operator.known().find(directive.id()).isPresent());
  }

  private void awaitDeferred(int howMany) {
    await().atMost(SOON).until(() -> role.events(MailEvent.Deferred.class).size() >= howMany);
  }

  private void awaitArrived(int howMany) {
    await().atMost(SOON).until(() -> mx.messages().size() >= howMany);
  }

  private void awaitTouched(int howMany, Act.Kind act) {
    await().atMost(SOON).until(() -> touched(act) >= howMany);
  }

  private long touched(Act.Kind act) {
    return role.events(MailEvent.Directed.class).stream()
        .filter(e -> e.act().kind() == act)
        .count();
  }

  private static Map<String, Long> once(List<String> recipients) {
    return recipients.stream().collect(Collectors.toMap(to -> to, _ -> 1L));
  }

  private Map<String, Long> arrived() {
    return mx.messages().stream()
        .flatMap(message -> message.to().stream())
        .collect(Collectors.groupingBy(to -> to, Collectors.counting()));
  }
}
