package io.posthouse.storage.lmtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.config.HostPort;
import io.posthouse.directory.UserId;
import io.posthouse.message.Destination;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.storage.lmtp.HandoverLog.Known;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Handover.Answer;
import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Health;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every way a server can answer.
final class LmtpHandoverIT {
  private static final UserId USER = new UserId("65f0c0ffee65f0c0ffee0001");
  private static final MailAddress NAMED = MailAddress.of("someone+tag@example.test");
  private static final MailAddress MAIN = MailAddress.of("someone@example.test");
  private static final Duration SOON = Duration.ofMillis(500);

  private final ScriptedMx server = ScriptedMx.start();
  private final Log log = new Log();
  private final DependencyState state =
      new DependencyState(Dependency.WILDDUCK, _ -> {}, InstantSource.system());
  private final LmtpHandover handover =
      new LmtpHandover(
          new LmtpSettings(new HostPort("127.0.0.1", server.port()), 4),
          "us.example.org",
          new Patience(Duration.ofSeconds(5), SOON, SOON, SOON, SOON),
          log,
          state);

  @AfterEach
  void close() {
    handover.close();
    server.close();
  }

  @Test
  void a_message_is_taken_with_our_trace_and_remembered() throws Exception {
    var delivery = delivery("Subject: hello\r\n\r\n.dot\r\n");
    assertEquals(new Answer.Taken("250 2.0.0 taken", false), handover.handOver(delivery));
    assertEquals(Set.of(delivery.key()), log.done);
    var message = server.messages().getFirst();
    assertEquals(List.of("<" + NAMED + ">"), message.to());
    assertEquals(
        "Received: from client.example.com\r\nSubject: hello\r\n\r\n.dot\r\n",
        message.content().text(ISO_8859_1));
    assertTrue(server.commands().getFirst().startsWith("LHLO us.example.org"));
  }

  @Test
  void a_connection_is_used_again_and_replaced_when_the_server_has_left() throws Exception {
    for (int i = 0; i < 3; i++) assertTaken(delivery("Subject: x\r\n\r\n"));
    assertEquals(1, server.connections());
    server.hangUpOnceAt("MAIL");
    assertTaken(delivery("Subject: x\r\n\r\n"));
    assertEquals(2, server.connections());
    assertEquals(4, server.messages().size());
  }

  @Test
  void envelope_commands_go_in_one_go_where_the_server_likes_that() throws Exception {
    server.on("LHLO", "250-us", "250-PIPELINING", "250-SIZE 1000000", "250 8BITMIME");
    assertTaken(delivery("Subject: x\r\n\r\n\u00e9\r\n"));
    var mail = server.commands().get(1);
    assertTrue(mail.matches("MAIL FROM:<.*> SIZE=\\d+ BODY=8BITMIME"), mail);
  }

  @Test
  void a_copy_that_is_known_is_not_sent() throws Exception {
    log.known = new Known.Settled();
    assertTrue(((Answer.Taken) handover.handOver(delivery("\r\n"))).again());
    log.known = new Known.NoSuchUser();
    assertInstanceOf(Answer.Refused.class, handover.handOver(delivery("\r\n")));
    assertEquals(0, server.connections());
  }

  @Test
  void what_was_taken_is_remembered_however_often_the_log_is_asked() throws Exception {
    log.refusals = 1;
    var delivery = delivery("Subject: x\r\n\r\n");
    assertTaken(delivery);
    assertEquals(Set.of(delivery.key()), log.done);
    assertEquals(1, server.messages().size());
  }

  @Test
  void a_recipient_nobody_knows_by_the_name_it_was_given_is_named_by_its_own() throws Exception {
    server.on("RCPT TO:<" + NAMED, "550 5.1.1 unknown");
    assertTaken(delivery("Subject: x\r\n\r\n"));
    assertEquals(List.of("<" + MAIN + ">"), server.messages().getFirst().to());
  }

  @Test
  void a_refusal_for_good_is_one_and_the_next_message_finds_nothing_of_it() throws Exception {
    server.once("(content)", "552 5.2.3 too long").once("RCPT", "550 5.1.1 unknown");
    server.once("RCPT", "550 5.1.1 unknown");
    assertRefused("550 5.1.1 unknown");
    assertRefused("552 5.2.3 too long");
    assertTaken(delivery("Subject: x\r\n\r\n"));
    assertTrue(server.commands().contains("RSET"));
    assertEquals(1, server.connections());
  }

  @Test
  void a_refusal_for_now_says_when_asked_what_was_said() throws Exception {
    server.once("(content)", "450 4.2.0 database");
    var answer = handover.handOver(delivery("Subject: x\r\n\r\n"));
    var evidence = assertInstanceOf(Answer.NotNow.class, answer).evidence();
    var reply = assertInstanceOf(Evidence.Replied.class, evidence).reply();
    assertEquals("450 4.2.0 database", reply.toString());
    assertEquals(Set.of(), log.done);
    assertEquals(new Health.Ok(), state.now());
  }

  @Test
  void a_connection_lost_within_a_transaction_is_the_messages_and_may_have_taken_it()
      throws Exception {
    server.hangUpOnceAt("(content)");
    assertInstanceOf(Answer.NotNow.class, handover.handOver(delivery("Subject: x\r\n\r\n")));
    server.silentAt("(content)");
    assertInstanceOf(Answer.NotNow.class, handover.handOver(delivery("Subject: x\r\n\r\n")));
    assertEquals(Set.of(), log.done);
  }

  @Test
  void a_server_that_does_not_talk_is_down_whatever_the_message() throws Exception {
    server.on("(greeting)", "554 not now");
    assertDown("554 not now");
    server.forget().on("LHLO", "500 5.5.1 what?");
    assertDown("500 5.5.1 what?");
    server.forget().on("MAIL", "421 4.3.2 going down");
    assertDown("421 4.3.2 going down");
    server.forget().silentAt("(greeting)");
    assertDown("no sign");
    server.forget().on("(greeting)", "who are you");
    assertDown("not a reply");
    server.forget();
    assertTaken(delivery("Subject: x\r\n\r\n"));
    assertEquals(new Health.Ok(), state.now());
  }

  @Test
  void a_server_that_is_not_there_is_down() throws Exception {
    server.close();
    assertDown("127.0.0.1");
  }

  @Test
  void line_ends_that_are_none_become_some() {
    assertEquals("a\r\nb\r\n\r\nc\r\n", mended("a\nb\r\n\rc\r"));
    assertEquals("", mended(""));
    var sound = Octets.utf8("a\r\n\r\nb");
    assertEquals(sound, Lines.of(sound));
  }

  private static String mended(String text) {
    return Lines.of(Octets.utf8(text)).text(ISO_8859_1);
  }

  private void assertTaken(Delivery delivery) throws Exception {
    assertInstanceOf(Answer.Taken.class, handover.handOver(delivery));
  }

  private void assertRefused(String reply) throws Exception {
    var answer = handover.handOver(delivery("Subject: x\r\n\r\n"));
    assertEquals(new Answer.Refused("127.0.0.1 said: " + reply), answer);
  }

  private void assertDown(String why) throws Exception {
    var answer = handover.handOver(delivery("Subject: x\r\n\r\n"));
    var said = assertInstanceOf(Answer.Unavailable.class, answer).why();
    assertTrue(said.contains(why), said);
    assertInstanceOf(Health.NotOk.class, state.now());
  }

  private static Delivery delivery(String content) throws IOException {
    var recipient = new Recipient(NAMED, new Destination.Local(USER));
    var text = Octets.utf8(content);
    var message = Samples.message(Samples.text(content), recipient);
    return Delivery.of(message, text.input()).getFirst();
  }

  /// Knows nothing until it is told.
  private static final class Log implements HandoverLog {
    private Known known = new Known.Owed(Optional.of(MAIN));
    private final Set<Delivery.Key> done = new HashSet<>();
    private int refusals;

    @Override
    public Known begin(Delivery copy) {
      return known;
    }

    @Override
    public void done(Delivery.Key copy) throws IOException {
      if (refusals-- > 0) throw new IOException("not now");
      done.add(copy);
    }
  }
}
