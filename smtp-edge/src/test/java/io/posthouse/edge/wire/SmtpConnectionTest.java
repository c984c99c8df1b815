package io.posthouse.edge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.TestEdge;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Origins;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.vectors.Vectors;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A connection without a socket: octets in, octets out.
class SmtpConnectionTest {
  private final TestEdge edge = new TestEdge("limits.message_size=64KiB", "limits.error_delay=0s");
  private final Backstage backstage = edge.backstage();

  private Wire wire(ListenerKind kind) {
    var place = backstage.fairUse().place();
    return new Wire(new SmtpConnection(edge.listener(kind), backstage, Origins.PLAIN, place));
  }

  /// What is answered to `octets` that come in pieces of up to `longest`.
  private String answers(ListenerKind kind, String octets, Random cuts, int longest) {
    var wire = wire(kind);
    for (int from = 0; from < octets.length(); ) {
      var to = Math.min(octets.length(), from + 1 + cuts.nextInt(longest));
      wire.say(octets.substring(from, to));
      from = to;
    }
    var heard = wire.heard();
    wire.checkException();
    wire.finishAndReleaseAll();
    return heard;
  }

  private void assertNoFault() {
    assertFalse(edge.events.stream().anyMatch(MailEvent.Bug.class::isInstance));
  }

  private static final String SESSION =
      """
      EHLO client.example.org
      MAIL FROM:<alice@example.org>
      RCPT TO:<bob@example.net>
      RCPT TO:<nobody@example.net>
      RCPT TO:<carol@example.net>
      DATA
      Subject: Hello

      ..dots
      .
      MAIL FROM:<>
      RCPT TO:<bob@example.net>
      NOOP
      RSET
      XYZZY
      MAIL FROM:<> BODY=8BITMIME
      RCPT TO:<postmaster@example.net>
      RCPT TO:<bob@example.net>
      DATA
      .
      QUIT
      """
          .replace("\n", "\r\n");

  @Test
  void pipelined_commands_are_answered_in_their_order() {
    var heard = answers(ListenerKind.MX, SESSION, new Random(1), 10_000);
    assertEquals(
        "220 250 250 250 550 250 354 250 250 250 250 250 500 250 550 250 354 250 221",
        codes(heard));
    assertEquals(2, edge.queued().size());
  }

  @Test
  void where_the_network_cuts_changes_nothing() {
    var expected = withoutIds(answers(ListenerKind.MX, SESSION, new Random(1), 10_000));
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      var heard = answers(ListenerKind.MX, SESSION, random, 1 + random.nextInt(40));
      assertEquals(expected, withoutIds(heard), () -> "seed " + seed);
    }
    assertEquals(202, edge.queued().size());
    assertEquals(
        1,
        edge.queued().stream()
            .filter(e -> e.recipients().size() == 2)
            .map(edge::content)
            .distinct()
            .count());
  }

  private static final String CHUNKS =
      """
      EHLO client.example.org
      MAIL FROM:<alice@example.org> BODY=BINARYMIME
      RCPT TO:<bob@example.net>
      BDAT 13
      QUIT
      .
      RSETBDAT 6
      a
      .
      BDAT 0 LAST
      MAIL FROM:<> BODY=8BITMIME
      RCPT TO:<nobody@example.net>
      BDAT 6
      QUIT
      BDAT 6 LAST
      QUIT
      BDAT 6
      QUIT
      MAIL FROM:<carol@example.org>
      RCPT TO:<carol@example.net>
      BDAT 12
      Subject: x
      RSET
      MAIL FROM:<carol@example.org>
      RCPT TO:<carol@example.net>
      BDAT 15 LAST
      Subject: yz
      abBDAT 0 LAST
      QUIT
      """
          .replace("\n", "\r\n");

  @Test
  void the_octets_of_chunks_are_never_commands_wherever_the_network_cuts() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      var heard = answers(ListenerKind.MX, CHUNKS, random, 1 + random.nextInt(round < 2 ? 1 : 60));
      assertEquals(
          "220 250 250 250 250 250 250 250 550 554 554 503 250 250 250 250 250 250 250 503 221",
          codes(heard),
          () -> "seed " + seed);
      var messages = edge.queued();
      assertEquals(2 * round + 2, messages.size());
      assertEquals("QUIT\r\n.\r\nRSETa\r\n.\r\n", edge.content(messages.get(2 * round)));
    }
    assertNoFault();
  }

  private static final List<String> LAST_WORDS =
      List.of("\r\n221 ", "\r\n421 ", "BDAT size [LAST]\r\n", "Content came without a 354\r\n");

  @Test
  void any_octets_get_a_reply_or_a_hang_up() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var pieces =
        (SESSION + CHUNKS + "\nAUTH PLAIN\nAUTH LOGIN YQ==\nSTARTTLS\nLHLO x\n*\n\0\n\r\n.\n\n\r")
            .split("(?<=\n)", -1);
    // A chunk may swallow some of it.
    var end = "\r\n.\r\n" + "NOOP\r\n".repeat(4) + "QUIT\r\n";
    for (int round = 0; round < 500; round++) {
      var octets = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        octets.append(pieces[random.nextInt(pieces.length)]);
        if (random.nextInt(4) == 0) octets.append((char) random.nextInt(256));
      }
      var kind = KINDS.get(random.nextInt(KINDS.size()));
      var heard = answers(kind, octets.append(end).toString(), random, 20);
      assertTrue(
          LAST_WORDS.stream().anyMatch(heard::contains), () -> "seed " + seed + ": " + heard);
      assertNoFault();
    }
  }

  @Test
  void what_fuzzers_found_in_another_server_is_answered() {
    var inputs = Vectors.list("smtp-protocol/client-input-corpus.json", "inputs");
    for (var input : inputs) {
      var octets = input.getString("client_input");
      assertTrue(answers(ListenerKind.MX, octets, new Random(1), 50).startsWith("220 "));
      assertTrue(
          answers(ListenerKind.MX, octets.replace("\n", "\r\n"), new Random(1), 50)
              .startsWith("220 "));
      assertNoFault();
    }
    System.out.printf("smtp-protocol/client-input-corpus.json: %d inputs%n", inputs.size());
  }

  @Test
  void no_odd_sequence_smuggles_a_second_message_in() {
    var sequences = Vectors.list("smtp-smuggling/end-of-data.json", "sequences");
    for (var sequence : sequences) {
      if (sequence.getBoolean("terminates")) continue;
      var odd = new String(HexFormat.of().parseHex(sequence.getString("hex")), ISO_8859_1);
      var before = edge.queued().size();
      var script =
          "EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\nfirst"
              + odd
              + "MAIL FROM:<b@example.org>\r\nRCPT TO:<carol@example.net>\r\nDATA\r\nsecond\r\n.\r\nQUIT\r\n";
      answers(ListenerKind.MX, script, new Random(3), 30);
      assertTrue(edge.queued().size() <= before + 1, sequence.getString("id"));
    }
    assertTrue(
        edge.queued().stream()
            .noneMatch(e -> e.reversePath().toString().equals("<b@example.org>")));
  }

  @Test
  void a_message_with_a_bare_newline_is_refused_after_its_end() {
    var heard =
        answers(
            ListenerKind.MX,
            "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\na\n.\nb\r\n.\r\nNOOP\r\n",
            new Random(1),
            30);
    assertTrue(heard.contains("\r\n550 5.5.2 "), heard);
    assertTrue(heard.endsWith("250 2.0.0 Ok\r\n"), heard);
    assertEquals(0, edge.queued().size());
  }

  @Test
  void a_message_that_is_too_big_is_refused_after_its_end_and_not_kept() {
    var content = "0123456789abcdef\r\n".repeat(5000);
    var heard =
        answers(
            ListenerKind.MX,
            "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n"
                + content
                + ".\r\nNOOP\r\n",
            new Random(1),
            5000);
    assertTrue(heard.contains("\r\n552 5.3.4 "), heard);
    assertTrue(heard.endsWith("250 2.0.0 Ok\r\n"), heard);
  }

  @Test
  void a_client_that_never_ends_its_message_is_cut_off() {
    var flood = ("x".repeat(1022) + "\r\n").repeat(11 * 1024);
    var start = "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n";
    var heard = answers(ListenerKind.MX, start + flood, new Random(1), 100_000);
    assertTrue(heard.endsWith("552 5.3.4 Message too big\r\n"), heard);
  }

  @Test
  void starttls_that_is_not_offered_ends_nothing_whatever_follows_it() {
    var script = "EHLO x\r\nSTARTTLS\r\nMAIL FROM:<>\r\n";
    var heard = answers(ListenerKind.MX, script, new Random(1), 1000);
    assertTrue(heard.contains("\r\n502 5.5.1 "), heard);
    assertTrue(heard.contains("\r\n250 2.1.0 "), heard);
  }

  @Test
  void a_long_command_is_one_mistake() {
    var heard =
        answers(
            ListenerKind.MX, "EHLO x\r\n" + "x".repeat(5000) + "\r\nQUIT\r\n", new Random(1), 100);
    assertTrue(heard.contains("\r\n500 5.5.2 Line too long\r\n221 "), heard);
  }

  @Test
  void a_client_that_sends_on_while_it_has_to_wait_is_not_read_for_ever() {
    edge.queue.hold();
    var wire = wire(ListenerKind.MX);
    wire.say("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n.\r\n");
    wire.say("NOOP\r\n".repeat(1000));
    assertTrue(wire.config().isAutoRead());
    wire.say("NOOP\r\n".repeat(2000));
    assertFalse(wire.config().isAutoRead());
    edge.queue.release();
    var heard = wire.heard();
    assertEquals(3000, heard.split("250 2.0.0 Ok\r\n", -1).length - 1);
    assertTrue(wire.config().isAutoRead());
    wire.finishAndReleaseAll();
  }

  private static final List<ListenerKind> KINDS =
      List.of(ListenerKind.MX, ListenerKind.SUBMISSION, ListenerKind.LMTP);

  private static String codes(String heard) {
    return heard
        .lines()
        .filter(line -> line.charAt(3) == ' ')
        .map(line -> line.substring(0, 3))
        .collect(Collectors.joining(" "));
  }

  private static String withoutIds(String heard) {
    return heard.replaceAll("queued as \\w+", "queued as ID");
  }
}
