package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.world.EximPeer;
import io.posthouse.delivery.world.World;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Exim takes what we send, inside TLS, and has every octet of it; lines end as files have them.
class EximPeerIT {
  private static final String ADDRESS = "127.0.25.1";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final World world = new World();
  private final EximPeer exim = new EximPeer(ADDRESS, world.port());
  private final Worker worker = new Worker("delivery.port=" + world.port());

  @BeforeEach
  void announce() {
    World.announce(worker.dns, "example.net", 10, "mx.example.net", ADDRESS);
  }

  @AfterEach
  void stop() {
    worker.close();
    exim.close();
    world.close();
  }

  @Test
  void dots_long_lines_and_empty_ones_arrive() {
    arrives(
        MailParameters.NONE,
        "Subject: dots\r\n\r\n.\r\n..\r\n...x\r\n\r\n" + "x".repeat(998) + "\r\n.end\r\n",
        "with esmtps",
        Samples.CAROL);
  }

  @Test
  void eight_bits_arrive() {
    arrives(
        new MailParameters(Body.EIGHT_BIT_MIME, false, Optional.empty(), Optional.empty(), false),
        "Subject: 8\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nsmørrebrød\r\nFrom here\r\n",
        "with esmtps",
        Samples.CAROL);
  }

  @Test
  void utf8_in_addresses_and_headers_arrives() {
    arrives(
        new MailParameters(Body.EIGHT_BIT_MIME, true, Optional.empty(), Optional.empty(), false),
        "Subject: schöne Grüße\r\n\r\nfür jürgen\r\n",
        "with utf8esmtps",
        Samples.remote("jürgen@example.net"));
  }

  @Test
  void many_lines_and_two_hundred_recipients_arrive_in_two_copies() {
    var recipients = new Recipient[200];
    for (int i = 0; i < 200; i++) recipients[i] = Samples.remote("user" + i + "@example.net");
    var content = "Subject: long\r\n\r\n" + (".x" + "y".repeat(70) + "\r\n").repeat(40_000);
    worker.deliver(Samples.message(Samples.text(content), recipients));
    assertEquals(200, worker.events(MailEvent.Delivered.class).size());
    await().atMost(SOON).until(() -> exim.mails().size() == 2);
    for (var mail : exim.mails()) assertTrue(mail.endsWith(inAFile(content)));
  }

  @Test
  void who_wants_to_hear_of_success_is_left_to_a_host_with_dsn() {
    var to = Samples.notifying(Samples.CAROL, Notify.SUCCESS);
    worker.deliver(Samples.message(to));
    var delivered = worker.events(MailEvent.Delivered.class);
    assertEquals(1, delivered.size());
    assertEquals(1, worker.queue.records("remote").size(), "no DSN of ours");
    // Its own DSN goes to the sender, whose mail it keeps as well.
    await().atMost(SOON).until(() -> exim.mails().size() == 2);
    assertTrue(exim.mails().stream().anyMatch(mail -> mail.contains("\nAction: delivered\n")));
  }

  private void arrives(MailParameters parameters, String content, String how, Recipient to) {
    Envelope message = Samples.declaring(parameters, Samples.message(Samples.text(content), to));
    worker.deliver(message);
    assertEquals(1, worker.events(MailEvent.Delivered.class).size(), worker.events::toString);
    await().atMost(SOON).until(() -> exim.mails().size() == 1);
    var mail = exim.mails().getFirst();
    assertTrue(mail.endsWith("\nReceived: from client.example.com\n" + inAFile(content)), mail);
    assertTrue(mail.contains(how), mail);
  }

  private static String inAFile(String content) {
    return new String(
        content.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8),
        StandardCharsets.ISO_8859_1);
  }
}
