package io.posthouse.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.smtp.ReplyParser.NotAReply;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {
  /// Lines are divided by bars.
  @ParameterizedTest
  @CsvSource({
    "250 OK,                                 250,      , OK",
    "250,                                    250,      , ''",
    "250 ,                                   250,      , ''",
    "250 2.1.5 Destination ok,               250, 2.1.5, Destination ok",
    "550 5.1.1,                              550, 5.1.1, ''",
    "250-mx.example.net|250 PIPELINING,      250,      , mx.example.net|PIPELINING",
    "550-5.7.1 Go|550 5.7.1 away,            550, 5.7.1, Go|away",
    "550-5.7.1 Go|550 away,                  550, 5.7.1, Go|away",
    "250 2address.org,                       250,      , 2address.org",
    "250 100.200.300.400 hello,              250,      , 100.200.300.400 hello",
    "550 4.1.1 contradiction,                550,      , 4.1.1 contradiction",
    "250-one|450 two,                        450,      , one|two",
    "220-mx|no code at all|220 ready,        220,      , mx|no code at all|ready",
  })
  void a_reply_is_read_from_its_lines(String lines, int code, String status, String texts)
      throws NotAReply {
    var expected =
        new Reply(
            code,
            Optional.ofNullable(status).map(EnhancedStatus::of),
            List.of(texts.split("\\|", -1)));
    assertEquals(Optional.of(expected), parse(lines.split("\\|", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "SSH-2.0-OpenSSH_9.2", "25 OK", "150 mark", "650 six", "+OK POP3", "250OK"})
  void what_no_smtp_server_says_is_no_reply(String line) {
    assertThrows(NotAReply.class, () -> parse(line));
  }

  @Test
  void an_endless_reply_is_no_reply() throws NotAReply {
    var parser = new ReplyParser();
    for (int i = 0; i < ReplyParser.MOST_LINES; i++) parser.line("250-more");
    assertThrows(NotAReply.class, () -> parser.line("250-more"));
  }

  @Test
  void a_host_cannot_fill_our_logs() throws NotAReply {
    var parser = new ReplyParser();
    for (int i = 1; i < ReplyParser.MOST_LINES; i++) parser.line("550-" + "x".repeat(500));
    var reply = parser.line("550 " + "x".repeat(500)).orElseThrow();
    assertEquals(ReplyParser.LONGEST_TEXT, String.join("", reply.lines()).length());
    assertEquals(Optional.of(Reply.plain(250, "Ok")), parser.line("250 Ok"));
  }

  @Test
  void control_characters_do_not_reach_our_logs() throws NotAReply {
    var reply = parse("550 go\u0007 \u001b[31maway\r").orElseThrow();
    assertEquals(List.of("go? ?[31maway?"), reply.lines());
  }

  @Test
  void one_reply_leaves_nothing_behind_for_the_next() throws NotAReply {
    var parser = new ReplyParser();
    parser.line("250-one");
    parser.line("250 two");
    assertEquals(Optional.of(Reply.plain(354, "go")), parser.line("354 go"));
  }

  @Test
  void what_we_write_we_read() throws NotAReply {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      var reply = Reply.of(250 + 100 * random.nextInt(3), "2.0.0", "text " + random.nextInt());
      assertEquals(
          reply.wire(), parse(reply.wire().split("\r\n")).orElseThrow().wire(), "seed " + seed);
    }
  }

  private static Optional<Reply> parse(String... lines) throws NotAReply {
    var parser = new ReplyParser();
    for (var line : lines) {
      var reply = parser.line(line);
      if (reply.isPresent()) return reply;
    }
    return Optional.empty();
  }
}
