package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.config.Secret;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.srs.Srs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is said to clients about mailboxes of ours, over real sockets.
final class MailboxesIT {
  private static final AddressId US = new AddressId("f".repeat(24));
  private static final String HELLO =
      """
      S: 220
      C: EHLO client.example.org
      S: 250
      """;

  private TestEdge edge = new TestEdge();

  @AfterEach
  void close() {
    edge.close();
  }

  private void start(String... overrides) {
    edge = new TestEdge(overrides);
    edge.directory.set("robert@example.net", new Resolution.LocalUser(edge.bob));
    edge.directory.set("us@example.net", new Resolution.Forwarded(US, 2, 2000));
    edge.directory.set("closed@example.net", new Resolution.Closed(US));
    edge.directory.set("full@example.net", new Resolution.OverQuota(edge.carol));
    edge.start();
  }

  private void play(String dialogue) {
    try (var client = edge.client("mx")) {
      client.play(HELLO + dialogue);
    }
  }

  @Test
  void several_addresses_of_a_user_are_one_destination() {
    start();
    play(
        """
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 250
        C: RCPT TO:<robert+tag@example.net>
        S: 250
        C: DATA
        S: 354
        C: .
        S: 250
        """);
    var envelope = edge.queued().getFirst();
    assertEquals(List.of(new Destination.Local(edge.bob)), envelope.destinations());
    assertEquals(
        List.of("bob@example.net", "robert+tag@example.net"),
        envelope.recipients().stream().map(Recipient::address).map(MailAddress::toString).toList());
  }

  @Test
  void an_address_that_is_forwarded_is_a_destination_of_its_own() {
    start();
    play(
        """
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: RCPT TO:<us@example.net>
        S: 250
        C: RCPT TO:<closed@example.net>
        S: 550 5.2.1
        C: RCPT TO:<full@example.net>
        S: 452 4.2.2
        C: DATA
        S: 354
        C: .
        S: 250
        """);
    assertEquals(List.of(new Destination.Forwarded(US)), edge.queued().getFirst().destinations());
  }

  @Test
  void a_full_mailbox_is_refused_for_good_where_the_settings_say_so() {
    start("mailboxes.over_quota=refuse");
    play(
        """
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: RCPT TO:<full@example.net>
        S: 552 5.2.2
        """);
  }

  @Test
  void a_user_who_got_enough_gets_the_rest_later_and_others_theirs_now() {
    start("mailboxes.messages_per_minute=1", "limits.exempt=[]");
    play(
        """
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: RCPT TO:<bob@example.net>
        S: 250
        C: DATA
        S: 354
        C: .
        S: 250
        """);
    // It is counted after the client has its answer.
    await().until(() -> secondRecipient().startsWith("450 4.2.1"));
    play(
        """
        C: MAIL FROM:<alice@example.org>
        S: 250
        C: RCPT TO:<carol@example.net>
        S: 250
        """);
  }

  private String secondRecipient() {
    try (var client = edge.client("mx")) {
      client.play(HELLO + "C: MAIL FROM:<alice@example.org>\nS: 250\n");
      client.send("RCPT TO:<bob@example.net>\r\n");
      return client.reply().getFirst();
    }
  }

  @Test
  void a_bounce_of_forwarded_mail_goes_to_its_sender() {
    var srs = new Srs(Secret.of("secret"), new Domain("example.net"));
    var sender = MailAddress.of("alice@example.org");
    var rewritten = srs.forward(sender, Instant.now()).orElseThrow();
    edge = new TestEdge().returning(srs).start();
    play(
        """
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<%s>
        S: 250
        C: RCPT TO:<SRS0=0000=AA=example.org=alice@example.net>
        S: 550 5.1.1
        C: DATA
        S: 354
        C: .
        S: 250
        """
            .formatted(rewritten));
    assertEquals(
        List.of(new Recipient(sender, new Destination.Remote(sender.domain()))),
        edge.queued().getFirst().recipients());
  }
}
