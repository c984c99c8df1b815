package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Transfers.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts that do not keep to the RFC, or not to its habits.
class OddRepliesTest {
  private static final String GREETED =
      """
      S: 220 mx.example.net
      C: EHLO us.example.org
      S: 250 mx.example.net
      """;

  private static final String PIPELINED =
      """
      S: 220 mx.example.net
      C: EHLO us.example.org
      S: 250-mx.example.net
      S: 250 PIPELINING
      """;

  private static final String MAIL = "C: MAIL FROM:<sender@example.com>\n";
  private static final String RCPT = "C: RCPT TO:<carol@example.net>\n";
  private static final String CONTENT =
      """
      C: Received: from client.example.com
      C: hi
      C: .
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "250",
        "250 ",
        "200 fine",
        "250 2.1.0",
        "250 5.1.1 of another class",
        "250-one\nS: 250 two",
        "550-first thoughts\nS: 250 second thoughts",
        "250-one\nS: a line without a code\nS: 250 three",
      })
  void what_means_yes_is_taken_for_yes(String yes) {
    var script =
        GREETED
            + MAIL
            + "S: "
            + yes
            + "\n"
            + RCPT
            + "S: "
            + yes
            + "\nC: DATA\nS: 354\n"
            + CONTENT
            + "S: "
            + yes
            + "\n";
    var report = transfer(script, false);
    assertEquals(List.of("END"), stages(report));
    assertTrue(report.said().getFirst().reply().isPositive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"251 2.1.5 will forward", "252 2.1.5 cannot verify, but will try"})
  void a_recipient_that_is_taken_on_trust_is_taken(String yes) {
    var script =
        GREETED
            + MAIL
            + "S: 250\n"
            + RCPT
            + "S: "
            + yes
            + "\nC: DATA\nS: 354\n"
            + CONTENT
            + "S: 250 2.0.0 Ok\n";
    assertEquals(List.of("END"), stages(transfer(script, false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"354 go ahead", "334 ", "hello", "650 what?", "100 wait", "25", "2500 x"})
  void what_is_neither_yes_nor_no_to_mail_settles_nobody(String answer) {
    var lost = lost(GREETED + MAIL + "S: " + answer + "\n");
    assertFalse(lost.afterTheDot());
    assertEquals(Stage.MAIL, lost.stage());
  }

  @Test
  void what_is_neither_yes_nor_no_to_rcpt_settles_nobody() {
    assertFalse(lost(GREETED + MAIL + "S: 250\n" + RCPT + "S: 354 go ahead\n").afterTheDot());
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 fine", "200 fine", "hm"})
  void a_yes_to_data_is_not_taken_for_an_invitation(String answer) {
    var lost = lost(GREETED + MAIL + "S: 250\n" + RCPT + "S: 250\nC: DATA\nS: " + answer + "\n");
    assertEquals(Stage.DATA, lost.stage());
    assertFalse(lost.afterTheDot());
  }

  @Test
  void a_second_invitation_is_no_answer_to_the_content() {
    var lost =
        lost(
            GREETED
                + MAIL
                + "S: 250\n"
                + RCPT
                + "S: 250\nC: DATA\nS: 354\n"
                + CONTENT
                + "S: 354 more?\n");
    assertTrue(lost.afterTheDot());
  }

  @ParameterizedTest
  @ValueSource(strings = {"450 4.7.1 Greylisted", "554 5.7.1 Not you"})
  void any_refusal_of_data_is_a_refusal_for_those_who_were_accepted(String no) {
    var script = GREETED + MAIL + "S: 250\n" + RCPT + "S: 250\nC: DATA\nS: " + no + "\n";
    assertEquals(List.of("DATA"), stages(transfer(script, false)));
  }

  @Test
  void an_answer_that_nobody_asked_for_is_not_taken_for_the_next() {
    var lost = lost(GREETED + MAIL + "S: 250 Ok<CRLF>250 Ok again\n");
    assertEquals(
        "not a reply: more than was asked for while waiting for the reply to MAIL", lost.why());
  }

  @Test
  void content_answered_before_it_was_sent_is_not_sent() {
    var one =
        lost(GREETED + MAIL + "S: 250\n" + RCPT + "S: 250\nC: DATA\nS: 354 go<CRLF>250 2.0.0 Ok\n");
    assertFalse(one.afterTheDot());
    var pipelined =
        lost(
            PIPELINED
                + MAIL
                + RCPT
                + "C: DATA\n"
                + "S: 250<CRLF>250<CRLF>354 go<CRLF>250 2.0.0 Ok\n");
    assertFalse(pipelined.afterTheDot());
  }

  @Test
  void answers_to_commands_that_went_together_may_come_together() {
    var report =
        transfer(
            PIPELINED + MAIL + RCPT + "C: DATA\nS: 250<CRLF>250<CRLF>354\n" + CONTENT + "S: 250\n",
            false);
    assertEquals(List.of("END"), stages(report));
  }

  @Test
  void a_host_that_leaves_while_we_are_idle_was_too_late_for_us() {
    var dialogue =
        new Dialogue(
            GREETED
                + MAIL
                + "S: 250\n"
                + RCPT
                + "S: 250\nC: DATA\nS: 354\n"
                + CONTENT
                + "S: 250 2.0.0 Ok<CRLF>421 4.4.2 Idle too long\n");
    var conversation = open(dialogue);
    assertInstanceOf(Ending.Ready.class, transfer(conversation).ending());
    assertTrue(transfer(conversation).wasTooLate());
    dialogue.assertPlayed(true);
  }

  @Test
  void a_second_message_begins_without_rset() {
    var message =
        MAIL + "S: 250\n" + RCPT + "S: 250\nC: DATA\nS: 354\n" + CONTENT + "S: 250 2.0.0 Ok\n";
    var dialogue = new Dialogue(GREETED + message + message);
    var conversation = open(dialogue);
    for (int i = 0; i < 2; i++)
      assertInstanceOf(Ending.Ready.class, transfer(conversation).ending());
    dialogue.assertPlayed(false);
  }

  @Test
  void a_host_that_does_not_forget_is_left() {
    var refused = MAIL + "S: 250\n" + RCPT + "S: 550 5.1.1 Nobody\n";
    var dialogue = new Dialogue(GREETED + refused + "C: RSET\nS: 502 5.5.1 What?\n");
    var conversation = open(dialogue);
    assertInstanceOf(Ending.Ready.class, transfer(conversation).ending());
    assertTrue(transfer(conversation).wasTooLate());
    dialogue.assertPlayed(true);
  }

  @ParameterizedTest
  @CsvSource({"MAIL, 300", "RCPT, 300", "DATA, 120", "END, 600"})
  void each_reply_is_waited_for_as_long_as_the_rfc_asks(Stage stage, int seconds) {
    var script = new StringBuilder(GREETED + MAIL);
    if (stage.compareTo(Stage.RCPT) >= 0) script.append("S: 250\n").append(RCPT);
    if (stage.compareTo(Stage.DATA) >= 0) script.append("S: 250\nC: DATA\n");
    if (stage.compareTo(Stage.END) >= 0) script.append("S: 354\n").append(CONTENT);
    var lost = lost(script + "S: (silent for " + seconds + " s)\n");
    assertEquals(stage, lost.stage());
    assertEquals(stage == Stage.END, lost.afterTheDot());
  }

  @Test
  void of_a_host_that_takes_one_recipient_at_once_a_second_is_not_asked() {
    var dialogue =
        new Dialogue(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250-mx.example.net
            S: 250 LIMITS RCPTMAX=1 MAILMAX=2
            """
                + MAIL
                + "S: 250\n"
                + RCPT
                + "S: 250\nC: DATA\nS: 354\n"
                + CONTENT
                + "S: 250\n");
    var conversation = open(dialogue);
    var report =
        conversation.transfer(Transfers.transaction("hi\r\n", Samples.CAROL, Samples.DAVE));
    assertEquals(List.of("carol END 250"), Transfers.said(report));
    assertFalse(conversation.isUsedUp());
    dialogue.assertPlayed(false);
  }

  @Test
  void a_connection_that_served_as_many_messages_as_the_host_takes_is_used_up() {
    var message =
        MAIL + "S: 250\n" + RCPT + "S: 250\nC: DATA\nS: 354\n" + CONTENT + "S: 250 2.0.0 Ok\n";
    var dialogue =
        new Dialogue(
            """
            S: 220 mx.example.net
            C: EHLO us.example.org
            S: 250-mx.example.net
            S: 250 LIMITS MAILMAX=2
            """
                + message
                + message);
    var conversation = open(dialogue);
    var _ = transfer(conversation);
    assertFalse(conversation.isUsedUp());
    var _ = transfer(conversation);
    assertTrue(conversation.isUsedUp());
  }

  private static Ending.Lost lost(String script) {
    return assertInstanceOf(Ending.Lost.class, transfer(script, true).ending());
  }

  private static Report transfer(String script, boolean toBeClosed) {
    var dialogue = new Dialogue(script);
    var report = transfer(open(dialogue));
    dialogue.assertPlayed(toBeClosed);
    return report;
  }

  private static Report transfer(Conversation conversation) {
    return conversation.transfer(Transfers.transaction("hi\r\n", Samples.CAROL));
  }

  private static List<String> stages(Report report) {
    return report.said().stream().map(said -> said.to().name()).toList();
  }
}
