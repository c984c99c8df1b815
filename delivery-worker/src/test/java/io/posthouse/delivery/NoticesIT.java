package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What senders hear of their mail.
class NoticesIT {
  private final ScriptedMx mx = ScriptedMx.start();
  private final Worker worker = new Worker("delivery.port=" + mx.port());

  @AfterEach
  void stop() {
    worker.close();
    mx.close();
  }

  @Test
  void a_recipient_refused_for_good_is_reported_to_the_sender() {
    toLiveHost();
    mx.on("RCPT", "550 5.1.1 no such user");
    worker.deliver(Samples.message(Samples.CAROL));
    var dsn = dsns().getFirst();
    assertTrue(text(dsn).contains("Final-Recipient: rfc822; carol@example.net\r\n"), text(dsn));
    assertTrue(text(dsn).contains("Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"), text(dsn));
    assertTrue(text(dsn).contains("\r\nSubject: hello\r\n"), text(dsn));
    assertEquals(Optional.of(dsn.queueId()), worker.bounces(Samples.CAROL).getFirst().dsn());
  }

  @Test
  void senders_are_told_of_many_failures_in_several_dsns() {
    toLiveHost();
    mx.on("RCPT", "550 5.1.1 no such user");
    var recipients = new Recipient[120];
    for (int i = 0; i < 120; i++) recipients[i] = Samples.remote("user" + i + "@example.net");
    worker.deliver(Samples.message(recipients));
    var failures = dsns().stream().map(NoticesIT::text).map(dsn -> dsn.split("Action: failed"));
    assertEquals(List.of(50, 50, 20), failures.map(parts -> parts.length - 1).toList());
  }

  @Test
  void a_sender_who_does_not_want_to_hear_of_failures_does_not() {
    toLiveHost();
    mx.on("RCPT", "550 5.1.1 no such user");
    var carol = Samples.CAROL;
    var never =
        new Recipient(carol.address(), carol.destination(), Set.of(Notify.NEVER), Optional.empty());
    worker.deliver(Samples.message(never));
    assertEquals(List.of(), dsns());
    assertEquals(Optional.empty(), worker.events(MailEvent.Bounced.class).getFirst().dsn());
    assertEquals(0, worker.queue.records("dead").size());
  }

  @Test
  void who_asked_to_hear_of_success_hears_where_our_knowledge_ends() {
    toLiveHost();
    worker.deliver(Samples.message(Samples.notifying(Samples.CAROL, Notify.SUCCESS)));
    assertTrue(text(dsns().getFirst()).contains("\r\nAction: relayed\r\n"));
    assertEquals(
        dsns().getFirst().queueId(), worker.events(MailEvent.Notified.class).getFirst().dsn());
  }

  @Test
  void a_host_that_tells_of_success_itself_leaves_us_nothing_to_tell() {
    toLiveHost();
    mx.on("EHLO", "250-mx.example.net", "250 DSN");
    worker.deliver(Samples.message(Samples.notifying(Samples.CAROL, Notify.SUCCESS)));
    assertEquals(1, mx.messages().size());
    assertEquals(List.of(), dsns());
  }

  @Test
  void the_sender_of_what_is_still_deferred_after_a_while_is_told_once() {
    try (var warning = new Worker("delivery.port=" + mx.port(), "delivery.retry.warn_after=4m")) {
      warning.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
      mx.on("RCPT TO:<carol", "450 4.2.0 greylisted");
      warning.deliver(Samples.message(Samples.CAROL)).whenDue("retry.1m");
      assertEquals(0, warning.events(MailEvent.Notified.class).size());
      warning.whenDue("retry.5m").whenDue("retry.5m");
      assertEquals(1, warning.events(MailEvent.Notified.class).size());
      assertEquals(4, warning.queue.envelopes("retry.5m").getLast().attemptCount());
    }
  }

  @Test
  void what_required_tls_is_returned_with_a_notice_that_requires_it() {
    toLiveHost();
    var secret =
        new MailParameters(
            MailParameters.Body.SEVEN_BIT,
            false,
            Optional.of(MailParameters.Return.FULL),
            Optional.empty(),
            true);
    worker.deliver(Samples.declaring(secret, Samples.message(Samples.CAROL)));
    assertTrue(dsns().getFirst().parameters().requireTls());
    assertTrue(text(dsns().getFirst()).contains("\r\nStatus: 5.7.30\r\n"));
    assertFalse(text(dsns().getFirst()).contains("Hello."), "as if RET were HDRS");
  }

  @Test
  void a_bounce_that_cannot_be_delivered_is_shown_to_an_operator() {
    toLiveHost();
    // The sender's domain does not exist, so the DSN cannot be delivered either.
    mx.on("RCPT", "550 5.1.1 no such user");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, worker.queue.records("dead").size());
    assertEquals(
        dsns().getFirst().queueId(),
        worker.events(MailEvent.DeadLettered.class).getFirst().about().orElseThrow());
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

  private static String text(Envelope dsn) {
    var octets = ((Content.Inline) dsn.content()).octets();
    return new String(octets.toArray(), StandardCharsets.UTF_8);
  }
}
