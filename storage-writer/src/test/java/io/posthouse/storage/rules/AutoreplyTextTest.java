package io.posthouse.storage.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.storage.mime.EncodedWords;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AutoreplyTextTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:14:07Z");
  private static final MailAddress BOB = MailAddress.of("bob@example.test");
  private static final String ANSWERED =
      "Message-ID: <2@example.org>\r\nReferences: <0@x> <1@x>\r\nSubject: Lunch?\r\n\r\n";

  @Test
  void an_answer_says_what_it_is_and_to_what() {
    var text = written(reply("Bob", "", "Away until Monday.\n", ""), ANSWERED);
    var expected =
        """
        Date: Mon, 2 Mar 2026 08:14:07 +0000
        From: Bob <bob@example.test>
        To: <alice@example.org>
        Subject: =?utf-8?b?QXV0bzogTHVuY2g/?=
        Message-ID: <09ymq0x4cg0000g@us.example.org>
        In-Reply-To: <2@example.org>
        References: <0@x>
         <1@x>
         <2@example.org>
        Auto-Submitted: auto-replied
        X-Auto-Response-Suppress: All
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: base64

        QXdheSB1bnRpbCBNb25kYXkuDQo=
        """;
    assertEquals(expected.replace("\n", "\r\n"), text);
  }

  @Test
  void text_and_page_are_alternatives_in_this_order() {
    var text = written(reply("", "Away", "Weg", "<p>Weg</p>"), ANSWERED);
    var plain = Base64.getMimeEncoder().encodeToString("Weg\r\n".getBytes(UTF_8));
    var page = Base64.getMimeEncoder().encodeToString("<p>Weg</p>\r\n".getBytes(UTF_8));
    assertTrue(text.contains("\r\nContent-Type: multipart/alternative; boundary=\"=_"), text);
    assertTrue(text.indexOf(plain) < text.indexOf(page), text);
    assertTrue(text.contains("\r\nFrom: <bob@example.test>\r\n"), text);
    assertTrue(text.contains("\r\nSubject: Away\r\n"), text);
  }

  @Test
  void what_the_user_wrote_starts_no_field_and_makes_no_line_too_long() {
    var name = "Bob\r\nBcc: all@example.org";
    var subject = "Grüße ".repeat(60);
    var text = written(reply(name, subject, "x", ""), "Subject: x\r\n\r\n");
    assertFalse(text.contains("\r\nBcc:"), text);
    assertTrue(Arrays.stream(text.split("\r\n")).allMatch(line -> line.length() <= 78), text);
    assertTrue(EncodedWords.decode(text.replace("\r\n ", " ")).contains(subject.strip()), text);
  }

  @Test
  void what_is_no_message_id_is_not_repeated() {
    var text = written(reply("", "x", "x", ""), "Message-ID: <a b>\r\n\r\n");
    assertFalse(text.contains("In-Reply-To"), text);
    assertFalse(text.contains("References"), text);
  }

  @Test
  void an_answer_is_given_between_its_dates_and_if_it_says_something() {
    var start = Optional.of(NOW.minusSeconds(60));
    var end = Optional.of(NOW.plusSeconds(60));
    assertTrue(dated(start, end, "x").isActive(NOW));
    assertTrue(dated(Optional.empty(), Optional.empty(), "x").isActive(NOW));
    assertFalse(dated(end, Optional.empty(), "x").isActive(NOW));
    assertFalse(dated(Optional.empty(), start, "x").isActive(NOW));
    assertFalse(dated(start, end, " ").isActive(NOW));
  }

  private static Autoreply dated(Optional<Instant> start, Optional<Instant> end, String text) {
    return new Autoreply("1", start, end, "", "", text, "");
  }

  private static Autoreply reply(String name, String subject, String text, String html) {
    return new Autoreply("1", Optional.empty(), Optional.empty(), name, subject, text, html);
  }

  private static String written(Autoreply reply, String answered) {
    var text =
        new AutoreplyText(
            new QueueId("09ymq0x4cg0000g"),
            "us.example.org",
            new Absence(BOB, List.of(BOB), reply),
            MailAddress.of("alice@example.org"),
            Mail.of(Octets.utf8(answered)),
            NOW);
    return new String(text.write().toArray(), UTF_8);
  }
}
