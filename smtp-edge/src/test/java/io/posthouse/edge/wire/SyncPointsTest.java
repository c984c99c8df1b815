package io.posthouse.edge.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.edge.TestEdge;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Origins;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that send on where RFC 2920 §3.1 asks them to wait. Whatever they get, they get it
/// wherever the network cuts.
class SyncPointsTest {
  private static final int ROUNDS = 40;

  private final TestEdge edge = new TestEdge();
  private final Backstage backstage = edge.backstage();

  /// `|` stands for a CRLF.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          EHLO and QUIT,        EHLO x|QUIT|, 220 250 221
          EHLO and MAIL,        EHLO x|MAIL FROM:<>|RCPT TO:<bob@example.net>|QUIT|, 220 250 250 250 221
          HELO twice,           HELO x|EHLO y|MAIL FROM:<>|QUIT|, 220 250 250 250 221
          NOOP and VRFY,        NOOP|VRFY bob|EXPN all|QUIT|, 220 250 252 502 221
          STARTTLS not offered, EHLO x|STARTTLS|MAIL FROM:<>|QUIT|, 220 250 502 250 221
          AUTH not offered,     EHLO x|AUTH PLAIN AGJvYgBzZWNyZXQ=|MAIL FROM:<>|QUIT|, 220 250 502 250 221
          nothing after QUIT,   QUIT|EHLO x|MAIL FROM:<>|, 220 221
          DATA and content,     EHLO x|MAIL FROM:<>|RCPT TO:<bob@example.net>|DATA|a: b||QUIT|.|QUIT|, 220 250 250 250 354 250 221
          DATA and the end,     EHLO x|MAIL FROM:<>|RCPT TO:<bob@example.net>|DATA|.|NOOP|QUIT|, 220 250 250 250 354 250 250 221
          DATA for nobody,      EHLO x|MAIL FROM:<>|RCPT TO:<no@example.net>|DATA|.|QUIT|, 220 250 250 550 554 500 221
          and its content,      EHLO x|MAIL FROM:<>|RCPT TO:<no@example.net>|DATA|a: b||RSET|MAIL FROM:<>|RCPT TO:<bob@example.net>|DATA|.|QUIT|, 220 250 250 550 554 554
          BDAT LAST and MAIL,   EHLO x|MAIL FROM:<>|RCPT TO:<bob@example.net>|BDAT 6 LAST|QUIT|MAIL FROM:<>|QUIT|, 220 250 250 250 250 250 221
          BDAT for nobody,      EHLO x|MAIL FROM:<>|RCPT TO:<no@example.net>|BDAT 6|QUIT|BDAT 6 LAST|QUIT|MAIL FROM:<>|QUIT|, 220 250 250 550 554 554 250 221
          """)
  void are_answered_in_order_wherever_the_network_cuts(
      String name, String octets, String expected) {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var input = octets.replace("|", "\r\n");
    for (int round = 0; round < ROUNDS; round++) {
      var longest = 1 + random.nextInt(round % 2 == 0 ? 4 : input.length());
      assertEquals(expected, codes(input, random, longest), () -> name + ", seed " + seed);
    }
  }

  private String codes(String octets, Random cuts, int longest) {
    var place = backstage.fairUse().place();
    var wire =
        new Wire(
            new SmtpConnection(edge.listener(ListenerKind.MX), backstage, Origins.PLAIN, place));
    for (int from = 0; from < octets.length(); ) {
      var to = Math.min(octets.length(), from + 1 + cuts.nextInt(longest));
      wire.say(octets.substring(from, to));
      from = to;
    }
    var heard = wire.heard();
    wire.finishAndReleaseAll();
    return heard
        .lines()
        .filter(line -> line.charAt(3) == ' ')
        .map(line -> line.substring(0, 3))
        .collect(Collectors.joining(" "));
  }
}
