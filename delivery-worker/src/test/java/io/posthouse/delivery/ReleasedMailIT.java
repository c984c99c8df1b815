package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.QueueFilter;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mail that was held for longer than it may wait, and comes back all at once.
class ReleasedMailIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration HELD = Duration.ofDays(30);
  // Half of them have their turns within the patience of a worker.
  private static final int MESSAGES = 40;

  private final ScriptedMx mx = ScriptedMx.start();
  private final RoleOnKafka role =
      new RoleOnKafka(
          ReleasedMailIT.class,
          "delivery.port=" + mx.port(),
          "delivery.shaping={rules: [{mx: mx.example.net, message_rate: 4/1s}]}");
  private final KafkaDirectives operator = new KafkaDirectives(role.kafka);

  @BeforeEach
  void hosts() {
    for (var domain : List.of("example.net", "example.com"))
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
  void every_message_is_tried_though_its_site_has_a_rate_and_none_is_returned() {
    give(new Act.Hold());
    role.start();
    var recipients = put();
    await().atMost(SOON).until(() -> touched(Act.Kind.HOLD) == MESSAGES);
    give(new Act.Release());
    await().atMost(SOON).until(() -> arrived().size() >= MESSAGES);
    assertEquals(recipients, arrived().stream().sorted().toList());
    assertEquals(List.of(), role.events(MailEvent.Expired.class));
    var putAside =
        role.events(MailEvent.Deferred.class).stream()
            .filter(event -> event.evidence().text().contains("message rate 4/1s"));
    assertTrue(putAside.findAny().isPresent(), "some were put aside");
  }

  private List<String> put() {
    var recipients =
        IntStream.range(10, 10 + MESSAGES).mapToObj(i -> "user" + i + "@example.net").toList();
    for (var to : recipients) {
      var message =
          Samples.message(
              new Content.Inline(Octets.utf8("Subject: hi\r\n\r\n")), Samples.remote(to));
      role.queue.put(arrived(message, Instant.now().minus(HELD))).toCompletableFuture().join();
    }
    return recipients.stream().map(to -> "<" + to + ">").toList();
  }

  private static Envelope arrived(Envelope message, Instant then) {
    return Envelope.accepted(
        message.queueId(),
        message.reversePath(),
        message.returnTo(),
        message.recipients(),
        message.parameters(),
        message.client(),
        then,
        message.trace(),
        message.content());
  }

  private void give(Act act) {
    var id = act.kind().word() + "-1";
    operator.give(
        new Directive(
            id,
            act,
            QueueFilter.of(new Criterion.To(new Domain("example.net"))),
            Instant.now(),
            Optional.empty(),
            "their move",
            "olga"));
    await().atMost(SOON).until(() -> operator.known().find(id).isPresent());
  }

  private long touched(Act.Kind act) {
    return role.events(MailEvent.Directed.class).stream()
        .filter(e -> e.act().kind() == act)
        .count();
  }

  /// Warnings of the delay go to somebody else.
  private List<String> arrived() {
    return mx.messages().stream()
        .flatMap(message -> message.to().stream())
        .filter(to -> to.endsWith("@example.net>"))
        .toList();
  }
}
