package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Transfers.open;
import static io.posthouse.delivery.conversation.Transfers.said;
import static io.posthouse.delivery.conversation.Transfers.transaction;
import static io.posthouse.delivery.conversation.Transfers.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a host is offered, and what is not sent to it.
class ContentTest {
  private static final Recipient CAROL = Samples.CAROL;

  private static final String SEVEN_BIT_HOST =
      """
      S: 220 mx.example.net
      C: EHLO us.example.org
      S: 250 mx.example.net
      """;

  private static final String UP_TO_THE_CONTENT =
      """
      S: 220 mx.example.net
      C: EHLO us.example.org
      S: 250 mx.example.net
      C: MAIL FROM:<sender@example.com>
      S: 250 Ok
      C: RCPT TO:<carol@example.net>
      S: 250 Ok
      C: DATA
      S: 354 Go
      """;

  @Test
  void a_message_too_big_for_the_host_is_not_begun() {
    var report =
        transfer(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250-mx.example.net
            S: 250 SIZE 10
            """,
            CAROL);
    var unsuitable = assertInstanceOf(Ending.Unsuitable.class, report.ending());
    assertEquals("5.3.4", unsuitable.why().status().toString());
  }

  @Test
  void eight_bit_content_is_not_sent_to_a_host_that_does_not_take_it() {
    var report = offer("smørrebrød\r\n", Body.EIGHT_BIT_MIME, SEVEN_BIT_HOST);
    var unsuitable = assertInstanceOf(Ending.Unsuitable.class, report.ending());
    assertEquals("5.6.3", unsuitable.why().status().toString());
  }

  @Test
  void eight_bit_content_of_which_nothing_was_declared_goes_as_it_came() {
    var report =
        offer(
            "smørrebrød\r\n",
            Body.SEVEN_BIT,
            SEVEN_BIT_HOST
                + """
                C: MAIL FROM:<sender@example.com>
                S: 451 later
                """);
    assertEquals(List.of("carol MAIL 451"), said(report));
  }

  @Test
  void content_that_was_merely_declared_eight_bit_goes_anywhere() {
    var report =
        offer(
            "plain\r\n",
            Body.EIGHT_BIT_MIME,
            SEVEN_BIT_HOST
                + """
                C: MAIL FROM:<sender@example.com>
                S: 451 later
                """);
    assertEquals(List.of("carol MAIL 451"), said(report));
  }

  @Test
  void eight_bit_content_is_declared_to_a_host_that_takes_it() {
    var report =
        offer(
            "smørrebrød\r\n",
            Body.EIGHT_BIT_MIME,
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250-mx.example.net
            S: 250 8BITMIME
            C: MAIL FROM:<sender@example.com> BODY=8BITMIME
            S: 451 later
            """);
    assertEquals(List.of("carol MAIL 451"), said(report));
  }

  @Test
  void an_address_beyond_ascii_is_not_sent_to_a_host_that_cannot_read_it() {
    var report =
        transfer(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250-mx.example.net
            S: 250 8BITMIME
            """,
            Samples.remote("jürgen@example.net"));
    var unsuitable = assertInstanceOf(Ending.Unsuitable.class, report.ending());
    assertEquals("5.6.7", unsuitable.why().status().toString());
  }

  @Test
  void content_with_a_bare_line_feed_never_gets_its_final_dot() {
    var dialogue = new Dialogue(UP_TO_THE_CONTENT);
    var report = open(dialogue).transfer(transaction("x\n.\nMAIL FROM:<>\r\n", CAROL));
    assertInstanceOf(Ending.Unsendable.class, report.ending());
    dialogue.assertPlayed(true);
  }

  @Test
  void content_that_cannot_be_read_to_its_end_never_gets_its_final_dot() throws IOException {
    var dialogue = new Dialogue(UP_TO_THE_CONTENT);
    var broken = InputStream.nullInputStream();
    broken.close();
    MessageSource source =
        () -> new SequenceInputStream(Octets.utf8("Subject: half\r\n").input(), broken);
    var envelope = Samples.message(CAROL);
    var report = open(dialogue).transfer(new Transaction(envelope, List.of(CAROL), source));
    assertInstanceOf(Ending.ContentUnreadable.class, report.ending());
    dialogue.assertPlayed(true);
  }

  @Test
  void content_that_cannot_be_opened_is_not_begun() {
    var dialogue =
        new Dialogue(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250 mx.example.net
            """);
    MessageSource source =
        () -> {
          throw new IOException("no broker");
        };
    var envelope = Samples.message(CAROL);
    var report = open(dialogue).transfer(new Transaction(envelope, List.of(CAROL), source));
    assertInstanceOf(Ending.ContentUnreadable.class, report.ending());
    dialogue.assertPlayed(true);
  }

  private static Report offer(String content, Body body, String script) {
    var dialogue = new Dialogue(script);
    var plain = transaction(content, CAROL);
    var declared =
        Samples.declaring(
            new MailParameters(body, false, Optional.empty(), Optional.empty(), false),
            plain.envelope());
    var report =
        open(dialogue).transfer(new Transaction(declared, List.of(CAROL), plain.message()));
    dialogue.assertPlayed(false);
    return report;
  }
}
