package io.posthouse.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TlsSettings;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.dkim.SigningKeys.Found;
import io.posthouse.dkim.SigningWorld;
import io.posthouse.message.Envelope;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What our users send leaves with a signature, and what comes from outside does not get one.
class SigningIT {
  private static final String LISTENERS =
      "listeners=[{name: mx, port: 0, address: 127.0.0.1},"
          + "{name: lmtp, kind: lmtp, port: 0, address: 127.0.0.1, tls: off},"
          + "{name: submissions, kind: submissions, port: 0, address: 127.0.0.1}]";

  @TempDir static Path folder;
  private static TlsSettings identity = new TlsSettings(Optional.empty());

  private final SigningWorld world = new SigningWorld().with("example.net", "RSA", "Ed25519");
  private TestEdge edge = new TestEdge(LISTENERS);

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = TestIdentity.in(folder);
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @Test
  void a_user_is_signed_for() {
    start();
    submit("DATA\nS: 354", "From: Bob <bob@example.net>", "S: 250 2.0.0");
    var message = message(edge.queued().getFirst());
    assertTrue(world.isGood(message, 2), message);
    assertTrue(message.startsWith("DKIM-Signature: "), message);
  }

  @Test
  void what_we_add_to_a_users_message_is_signed_with_it() {
    start();
    submit("DATA\nS: 354", "From: Bob <bob@example.net>", "S: 250 2.0.0");
    var message = message(edge.queued().getFirst());
    assertFalse(world.isGood(message.replace("\r\nMessage-ID: <", "\r\nMessage-ID: <x"), 2));
    assertFalse(world.isGood(message.replaceFirst("\r\nDate: \\w+", "\r\nDate: Mor"), 2));
    assertTrue(world.isGood(message.replaceFirst("\tby \\S+", "\tby somebody"), 2));
  }

  @Test
  void long_content_is_signed_as_it_passes() {
    start();
    var lines = ("C: " + "x y  ".repeat(190) + "\n").repeat(400);
    submit("DATA\nS: 354", "From: bob@example.net\nC: \n" + lines + "C: end", "S: 250 2.0.0");
    var envelope = edge.queued().getFirst();
    assertFalse(edge.isInline(envelope));
    assertTrue(world.isGood(message(envelope), 2));
  }

  @Test
  void chunks_are_signed_too() {
    start();
    try (var client = edge.client("submissions")) {
      client
          .secure()
          .play(
              """
              S: 220
              C: EHLO client.example.org
              S: 250
              C: AUTH PLAIN AGJvYgBzZWNyZXQ=
              S: 235
              C: MAIL FROM:<bob@example.net> BODY=BINARYMIME
              S: 250
              C: RCPT TO:<dave@example.org>
              S: 250
              """);
      client.send("BDAT 23\r\nFrom: bob@example.net\r\n").expect("250");
      client.send("BDAT 24 LAST\r\nSubject: x\r\n\r\nno line en\r").expect("250 2.0.0");
    }
    assertTrue(world.isGood(message(edge.queued().getFirst()), 2));
  }

  @Test
  void nobody_signs_as_another_user() {
    start();
    submit("DATA\nS: 354", "From: carol@example.net", "S: 250 2.0.0");
    assertUnsigned("foreign_author");
  }

  @Test
  void a_domain_without_a_key_goes_unsigned() {
    edge.directory.set("bob@example.com", new Resolution.LocalUser(edge.bob));
    start();
    submit("DATA\nS: 354", "From: bob@example.com", "S: 250 2.0.0");
    assertUnsigned("no_key");
  }

  @Test
  void a_key_that_cannot_be_looked_up_is_our_trouble() {
    world.with("example.net", new Found.Unavailable("MongoDB is down"));
    start();
    submit("DATA\nS: 354", "From: bob@example.net", "S: 451 4.7.5");
    assertTrue(edge.queued().isEmpty());
    assertTrue(
        edge.events.stream()
            .anyMatch(e -> e instanceof MailEvent.Refused r && r.check().equals("dkim")));
    world.with("example.net", "RSA", "Ed25519");
    submit("DATA\nS: 354", "From: bob@example.net", "S: 250 2.0.0");
    assertTrue(world.isGood(message(edge.queued().getFirst()), 2));
  }

  @Test
  void mail_from_outside_is_not_signed_whoever_it_says_it_is_from() {
    start();
    for (var listener : new String[] {"mx", "lmtp"}) {
      try (var client = edge.client(listener)) {
        client.play(
            """
            S: 220
            C: %s client.example.org
            S: 250
            C: MAIL FROM:<eve@example.org>
            S: 250
            C: RCPT TO:<bob@example.net>
            S: 250
            C: DATA
            S: 354
            C: From: bob@example.net
            C: .
            S: 250
            """
                .formatted(listener.equals("mx") ? "EHLO" : "LHLO"));
      }
    }
    assertEquals(2, edge.queued().size());
    for (var envelope : edge.queued())
      assertFalse(message(envelope).contains("DKIM-Signature"), message(envelope));
  }

  @Test
  void hosts_of_our_networks_are_signed_for() {
    edge = new TestEdge(LISTENERS, "relay_networks=127.0.0.0/8");
    start();
    try (var client = edge.client("mx")) {
      client.play(
          """
          S: 220
          C: EHLO client.example.org
          S: 250
          C: MAIL FROM:<robot@example.net>
          S: 250
          C: RCPT TO:<dave@example.org>
          S: 250
          C: DATA
          S: 354
          C: From: robot@example.net
          C: .
          S: 250
          """);
    }
    assertTrue(world.isGood(message(edge.queued().getFirst()), 2));
  }

  private void start() {
    edge.signing(world.signer()).start(identity);
  }

  private void submit(String begin, String content, String end) {
    try (var client = edge.client("submissions")) {
      client
          .secure()
          .play(
              """
              S: 220
              C: EHLO client.example.org
              S: 250
              C: AUTH PLAIN AGJvYgBzZWNyZXQ=
              S: 235
              C: MAIL FROM:<bob@example.net>
              S: 250
              C: RCPT TO:<dave@example.org>
              S: 250
              C: %s
              C: %s
              C: .
              %s
              """
                  .formatted(begin, content, end));
    }
  }

  private void assertUnsigned(String why) {
    assertEquals(1, world.counted(why));
    var message = message(edge.queued().getFirst());
    assertFalse(message.contains("DKIM-Signature"), message);
  }

  private String message(Envelope envelope) {
    return new String(envelope.trace().toArray(), StandardCharsets.ISO_8859_1)
        + edge.content(envelope);
  }
}
