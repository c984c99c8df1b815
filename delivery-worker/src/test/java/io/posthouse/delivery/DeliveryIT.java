package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.dns.TestDns.Fault;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.smtp.Family;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryIT {
  private final ScriptedMx mx = ScriptedMx.start();
  private final Worker worker = new Worker("delivery.port=" + mx.port());

  @AfterEach
  void stop() {
    worker.close();
    mx.close();
  }

  @Test
  void a_message_arrives_octet_by_octet() {
    toLiveHost();
    var content = Octets.utf8("Subject: hi\r\n\r\n.a\r\n..\r\n\r\n.\r\nsmørrebrød \0\r\n");
    worker.deliver(Samples.message(new Content.Inline(content), Samples.CAROL));
    var message = mx.messages().getFirst();
    assertEquals(
        Octets.utf8("Received: from client.example.com\r\n" + text(content)), message.content());
    assertEquals("<sender@example.com>", message.from());
    assertEquals(List.of("<carol@example.net>"), message.to());
    assertTrue(worker.isSettled(worker.queue.records("remote").getFirst()));
    assertEquals(1, worker.events(MailEvent.Delivered.class).size());
  }

  @Test
  void a_dead_ipv6_address_does_not_keep_mail_from_a_live_ipv4_one() {
    worker.dns.mx("example.net", 10, "mx.example.net");
    worker.dns.aaaa("mx.example.net", "::1").a("mx.example.net", "127.0.0.1");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, mx.messages().size());
    assertEquals(
        List.of(Family.IPV6 + " " + Result.UNREACHABLE, Family.IPV4 + " " + Result.ACCEPTED),
        worker.events(MailEvent.Attempted.class).stream()
            .map(e -> e.mx().family() + " " + e.result())
            .toList());
    assertEquals(0, worker.events(MailEvent.Deferred.class).size());
  }

  @Test
  void the_next_host_is_tried_when_one_does_not_greet_kindly() {
    worker.dns.mx("example.net", 10, "rude.example.net").a("rude.example.net", "127.0.0.2");
    worker.dns.mx("example.net", 20, "mx.example.net").a("mx.example.net", "127.0.0.1");
    try (var rude = ScriptedMx.startAt("127.0.0.2", mx.port())) {
      rude.on(ScriptedMx.GREETING, "554 5.7.1 go away");
      worker.deliver(Samples.message(Samples.CAROL));
    }
    assertEquals(1, mx.messages().size());
    assertEquals(0, worker.events(MailEvent.Bounced.class).size());
  }

  @Test
  void a_greeting_bounces_nobody() {
    toLiveHost();
    mx.on(ScriptedMx.GREETING, "554 5.7.1 go away");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, worker.queue.envelopes("retry.1m").size());
    assertEquals(0, dsns().size());
  }

  @Test
  void a_recipient_refused_for_now_is_tried_again_when_due() {
    toLiveHost();
    mx.on("RCPT", "450 4.2.0 greylisted");
    worker.deliver(Samples.message(Samples.CAROL));
    var deferred = worker.queue.envelopes("retry.1m").getFirst();
    assertEquals(1, deferred.attemptCount());
    assertTrue(deferred.attempts().getFirst().said().endsWith("450 4.2.0 greylisted"));
    assertTrue(deferred.content() instanceof Content.InRecord, "content stays where it is");

    mx.forget();
    worker.whenDue("retry.1m");
    assertEquals(1, mx.messages().size());
    assertEquals(2, worker.events(MailEvent.Delivered.class).getFirst().attempt());
  }

  @Test
  void each_recipient_ends_in_its_own_way() {
    toLiveHost();
    mx.on("RCPT TO:<gone@", "550 5.1.1 no such user").on("RCPT TO:<full@", "452 4.2.2 full");
    var gone = Samples.remote("gone@example.net");
    var full = Samples.remote("full@example.net");
    worker.deliver(Samples.message(Samples.CAROL, gone, full));
    assertEquals(List.of("<carol@example.net>"), mx.messages().getFirst().to());
    assertEquals(List.of(full), worker.queue.envelopes("retry.1m").getFirst().recipients());
    assertTrue(text(dsns().getFirst()).contains("gone@example.net"));
    assertFalse(text(dsns().getFirst()).contains("full@example.net"));
  }

  @Test
  void a_recipient_with_a_last_word_is_not_asked_for_at_the_next_host() {
    worker.dns.mx("example.net", 10, "one.example.net").a("one.example.net", "127.0.0.2");
    worker.dns.mx("example.net", 20, "mx.example.net").a("mx.example.net", "127.0.0.1");
    var gone = Samples.remote("gone@example.net");
    try (var one = ScriptedMx.startAt("127.0.0.2", mx.port())) {
      one.on("RCPT", "450 later").on("RCPT TO:<gone@", "550 5.1.1 no such user");
      worker.deliver(Samples.message(Samples.CAROL, gone));
    }
    assertEquals(List.of("<carol@example.net>"), mx.messages().getFirst().to());
    assertEquals(1, mx.commands().stream().filter(c -> c.startsWith("RCPT")).count());
  }

  @Test
  void a_connection_lost_after_the_dot_is_not_followed_by_a_second_copy() {
    worker.dns.mx("example.net", 10, "one.example.net").a("one.example.net", "127.0.0.2");
    worker.dns.mx("example.net", 20, "mx.example.net").a("mx.example.net", "127.0.0.1");
    try (var one = ScriptedMx.startAt("127.0.0.2", mx.port())) {
      one.hangUpAt(ScriptedMx.CONTENT);
      worker.deliver(Samples.message(Samples.CAROL));
    }
    assertEquals(0, mx.messages().size(), "another host in the same attempt");
    assertEquals(1, worker.queue.envelopes("retry.1m").size());
  }

  @Test
  void a_connection_lost_before_the_content_moves_on_to_the_next_host() {
    worker.dns.mx("example.net", 10, "one.example.net").a("one.example.net", "127.0.0.2");
    worker.dns.mx("example.net", 20, "mx.example.net").a("mx.example.net", "127.0.0.1");
    try (var one = ScriptedMx.startAt("127.0.0.2", mx.port())) {
      one.hangUpAt("DATA");
      worker.deliver(Samples.message(Samples.CAROL));
    }
    assertEquals(1, mx.messages().size());
  }

  @Test
  void a_host_that_says_nothing_is_left_in_time() {
    toLiveHost();
    mx.silentAt("RCPT");
    worker.deliver(Samples.message(Samples.CAROL));
    var deferred = worker.events(MailEvent.Deferred.class).getFirst();
    assertEquals("4.4.2", deferred.evidence().status().toString());
    assertTrue(deferred.evidence().text().contains("no sign for 1 s while waiting for the reply"));
  }

  @Test
  void a_domain_that_wants_no_mail_bounces_at_once() {
    worker.dns.nullMx("example.net");
    worker.deliver(Samples.message(Samples.CAROL));
    assertTrue(text(dsns().getFirst()).contains("\r\nStatus: 5.1.10\r\n"));
  }

  @Test
  void a_domain_that_does_not_exist_bounces_at_once() {
    worker.deliver(Samples.message(Samples.CAROL));
    assertTrue(text(dsns().getFirst()).contains("\r\nStatus: 5.1.2\r\n"));
  }

  @Test
  void a_domain_nobody_could_tell_us_about_waits() {
    worker.dns.fault("example.net", Fault.SERVFAIL);
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, worker.queue.envelopes("retry.1m").size());
    assertEquals("4.4.3", status(worker.events(MailEvent.Deferred.class).getFirst().evidence()));
  }

  @Test
  void a_domain_whose_hosts_have_no_address_bounces() {
    worker.dns.mx("example.net", 10, "mx.example.net");
    worker.deliver(Samples.message(Samples.CAROL));
    assertTrue(text(dsns().getFirst()).contains("\r\nStatus: 5.4.4\r\n"));
  }

  @Test
  void what_is_still_deferred_when_its_time_is_over_bounces() {
    toLiveHost();
    mx.on("MAIL", "451 4.3.0 busy");
    worker.deliver(Samples.message(Samples.CAROL));
    worker.whenDue("retry.1m");
    worker.later(Duration.ofHours(2));
    worker.queue.put(worker.queue.envelopes("retry.5m").getFirst());
    worker.awaitSettled();
    assertTrue(text(dsns().getFirst()).contains("\r\nStatus: 4.4.7\r\n"));
    assertEquals(1, worker.events(MailEvent.Expired.class).size());
  }

  @Test
  void an_outcome_is_kept_until_the_queue_takes_it() {
    toLiveHost();
    mx.on("RCPT", "450 later");
    worker.queue.put(Samples.message(Samples.CAROL));
    worker.queue.refuseNext(3, "no broker");
    worker.awaitSettled();
    assertEquals(1, worker.queue.envelopes("retry.1m").size());
  }

  @Test
  void a_message_whose_content_is_gone_is_shown_to_an_operator() {
    toLiveHost();
    mx.on("RCPT", "450 later");
    worker.deliver(Samples.message(Samples.CAROL));
    worker.queue.expire("remote");
    worker.whenDue("retry.1m");
    assertEquals(1, worker.queue.records("dead").size());
    assertEquals(0, worker.events(MailEvent.Bounced.class).size());
  }

  @Test
  void one_connection_serves_many_messages() {
    toLiveHost();
    for (int i = 0; i < 10; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(10, mx.messages().size());
    assertEquals(1, mx.connections());
  }

  @Test
  void a_connection_that_the_host_left_in_the_meantime_costs_nothing() {
    toLiveHost();
    worker.deliver(Samples.message(Samples.CAROL));
    mx.hangUpOnceAt("MAIL");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(2, mx.messages().size());
    assertEquals(0, worker.events(MailEvent.Deferred.class).size());
  }

  @Test
  void a_dead_address_is_left_alone_after_a_few_messages() {
    worker.dns.mx("example.net", 10, "dead.example.net").a("dead.example.net", "127.0.0.9");
    for (int i = 0; i < 5; i++) worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(3, worker.events(MailEvent.Attempted.class).size());
    assertEquals(1, worker.metric("delivery_breakers_open", "kind", "address"));
    var last = worker.events(MailEvent.Deferred.class).getLast().evidence().text();
    assertTrue(last.contains("is left alone: "), last);
  }

  @Test
  void a_crowded_transaction_is_followed_by_another() {
    toLiveHost();
    mx.once("RCPT TO:<b@", "452 4.5.3 too many recipients");
    worker.deliver(
        Samples.message(Samples.remote("a@example.net"), Samples.remote("b@example.net")));
    assertEquals(
        List.of(List.of("<a@example.net>"), List.of("<b@example.net>")),
        mx.messages().stream().map(ScriptedMx.Message::to).toList());
    assertEquals(1, mx.connections());
  }

  @Test
  void many_recipients_are_delivered_in_portions() {
    toLiveHost();
    var recipients = new Recipient[250];
    for (int i = 0; i < 250; i++) recipients[i] = Samples.remote("user" + i + "@example.net");
    worker.deliver(Samples.message(recipients));
    assertEquals(List.of(100, 100, 50), mx.messages().stream().map(m -> m.to().size()).toList());
  }

  @Test
  void big_content_is_streamed_exactly() {
    toLiveHost();
    var lines = new StringBuilder();
    var random = new Random(17);
    while (lines.length() < 3_000_000)
      lines.append(".".repeat(random.nextInt(3))).append(random.nextLong()).append("\r\n");
    var content = Octets.utf8(lines.toString());
    worker.deliver(Samples.message(new Content.Inline(content), Samples.CAROL));
    var expected = Octets.utf8("Received: from client.example.com\r\n" + lines);
    assertEquals(expected, mx.messages().getFirst().content());
  }

  @Test
  void a_slow_destination_does_not_keep_others_waiting() {
    worker.dns.mx("slow.example", 10, "mx.slow.example").a("mx.slow.example", "127.0.0.2");
    toLiveHost();
    try (var slow = ScriptedMx.startAt("127.0.0.2", mx.port())) {
      slow.silentAt("RCPT");
      for (int i = 0; i < 100; i++)
        worker.queue.put(Samples.message(Samples.remote(i + "@slow.example")));
      worker.queue.put(Samples.message(Samples.CAROL));
      await().until(() -> mx.messages().size() == 1);
      assertTrue(worker.metric("delivery_active") <= 20, "slots of one destination");
    }
    worker.awaitSettled();
  }

  @Test
  void a_message_that_is_not_for_one_remote_domain_is_shown_to_an_operator() {
    worker.take(Samples.message(Samples.CAROL, Samples.DAVE));
    worker.take(Samples.message(Samples.ALICE));
    worker.awaitSettled();
    assertEquals(2, worker.queue.records("dead").size());
  }

  private void toLiveHost() {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
  }

  /// What was put into the queue for the sender at example.com.
  private List<Envelope> dsns() {
    return worker.queue.envelopes("remote").stream()
        .filter(e -> e.reversePath().sender().isEmpty())
        .toList();
  }

  private static String status(Evidence evidence) {
    return evidence.status().toString();
  }

  private static String text(Envelope dsn) {
    return text(((Content.Inline) dsn.content()).octets());
  }

  private static String text(Octets octets) {
    return new String(octets.toArray(), StandardCharsets.UTF_8);
  }
}
