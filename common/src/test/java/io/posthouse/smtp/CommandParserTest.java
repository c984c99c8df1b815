package io.posthouse.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.smtp.Command.Auth;
import io.posthouse.smtp.Command.Field;
import io.posthouse.smtp.Command.Mail;
import io.posthouse.smtp.Command.Malformed;
import io.posthouse.smtp.Command.Rcpt;
import io.posthouse.smtp.Command.Unknown;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO mx.example.net",
        "EHLO [192.0.2.1]",
        "HELO [IPv6:2001:db8::1]",
        "LHLO mx.example.net",
        "MAIL FROM:<>",
        "MAIL FROM:<alice@example.org> SIZE=1000 BODY=8BITMIME",
        "MAIL FROM:<\"a > b\"@example.org>",
        "RCPT TO:<bob@example.net>",
        "RCPT TO:<postmaster>",
        "RCPT TO:<bob@[192.0.2.1]> NOTIFY=NEVER ORCPT=rfc822;Bob+20B@example.net",
        "DATA",
        "BDAT 0",
        "BDAT 86 LAST",
        "BDAT 999999999999999999",
        "RSET",
        "NOOP",
        "QUIT",
        "VRFY bob",
        "EXPN staff",
        "HELP",
        "HELP mail",
        "STARTTLS",
        "AUTH LOGIN",
        "AUTH PLAIN AGFsaWNlAHNlY3JldA==",
        "AUTH EXTERNAL =",
        "XCLIENT ADDR=192.0.2.1 NAME=[UNAVAILABLE] HELO=a+20b",
        "XFORWARD IDENT=4XyZ SOURCE=REMOTE"
      })
  void a_well_formed_line_is_written_as_it_was_read(String line) {
    assertEquals(line + "\r\n", CommandParser.parse(line).wire());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          mail from:<a@b.example>              | MAIL FROM:<a@b.example>
          Rcpt To: <a@b.example>               | RCPT TO:<a@b.example>
          RCPT TO:a@b.example                  | RCPT TO:<a@b.example>
          RCPT TO:<PostMaster>                 | RCPT TO:<postmaster>
          RCPT TO:<"a"@B.Example>              | RCPT TO:<a@b.example>
          MAIL FROM:<@x.example,@y.example:a@b.example> | MAIL FROM:<a@b.example>
          MAIL FROM:<>  size=7                 | MAIL FROM:<> SIZE=7
          DATA                                 | DATA
          bdat 00086 last                      | BDAT 86 LAST
          NOOP and more                        | NOOP
          auth plain                           | AUTH PLAIN
          xclient addr=192.0.2.1  port=25      | XCLIENT ADDR=192.0.2.1 PORT=25
          xforward Ident=4XyZ                  | XFORWARD IDENT=4XyZ
          """)
  void what_means_the_same_is_read_as_the_same(String line, String meaning) {
    assertEquals(meaning + "\r\n", CommandParser.parse(line).wire());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EHLO                                 | 501 5.5.4
          EHLO two words                       | 501 5.5.4
          EHLO a(b)                            | 501 5.5.4
          MAIL                                 | 501 5.5.4
          MAIL FROM                            | 501 5.5.4
          MAIL FROM:                           | 501 5.5.4
          MAIL FROM:<a@b.example               | 501 5.5.4
          MAIL FROM:<a@b.example>SIZE=1        | 501 5.5.4
          MAIL FROM:<a..b@b.example>           | 501 5.1.7
          MAIL FROM:<postmaster>               | 501 5.1.7
          MAIL FROM:< >                        | 501 5.1.7
          MAIL FROM:<a@b.example> SIZE=        | 501 5.5.4
          MAIL FROM:<a@b.example> -X=1         | 501 5.5.4
          MAIL FROM:<a@b.example> X=1=2        | 501 5.5.4
          RCPT TO:<>                           | 501 5.1.3
          RCPT TO:<@b.example>                 | 501 5.5.4
          RCPT TO:<bob>                        | 501 5.1.3
          RCPT FROM:<a@b.example>              | 501 5.5.4
          DATA now                             | 501 5.5.4
          BDAT                                 | 501 5.5.4
          BDAT -1                              | 501 5.5.4
          BDAT 86 FIRST                        | 501 5.5.4
          BDAT 8 6                             | 501 5.5.4
          BDAT 9999999999999999999             | 501 5.5.4
          BDAT LAST                            | 501 5.5.4
          QUIT please                          | 501 5.5.4
          STARTTLS now                         | 501 5.5.4
          VRFY                                 | 501 5.5.4
          AUTH                                 | 501 5.5.4
          AUTH PLAIN a b                       | 501 5.5.4
          """)
  void a_broken_argument_is_answered_with_what_is_wrong(String line, String reply) {
    var malformed = assertInstanceOf(Malformed.class, CommandParser.parse(line));
    assertEquals(reply, malformed.reply().toString().substring(0, reply.length()));
  }

  @Test
  void an_unknown_verb_is_kept_short_for_the_log() {
    assertEquals(new Unknown("XYZZY"), CommandParser.parse("xyzzy 1 2"));
    assertEquals(new Unknown("A".repeat(16)), CommandParser.parse("a".repeat(500)));
    assertEquals(new Unknown(""), CommandParser.parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP", "MAIL FROM:<>", "RCPT TO:<a@b.example>", "VRFY"})
  void a_line_has_its_longest_length_by_its_verb(String command) {
    var longest =
        switch (command.substring(0, 4)) {
          case "MAIL" -> 1191;
          case "RCPT" -> 1055;
          default -> 512;
        };
    var parameter = command + " X=";
    var line = parameter + "é".repeat((longest - 2 - parameter.length()) / 2);
    assertFalse(CommandParser.parse(line) instanceof Malformed, command);
    var malformed = assertInstanceOf(Malformed.class, CommandParser.parse(line + "ab"));
    assertEquals("500 5.5.2 Line too long", malformed.reply().toString());
  }

  @Test
  void a_path_knows_whether_it_was_said_in_ascii() {
    assertTrue(mail("MAIL FROM:<é@b.example>").beyondAscii());
    assertTrue(mail("MAIL FROM:<a@bücher.example>").beyondAscii());
    assertFalse(mail("MAIL FROM:<a@xn--bcher-kva.example> X=é").beyondAscii());
  }

  private static Mail mail(String line) {
    return assertInstanceOf(Mail.class, CommandParser.parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Subject: Hello", "X-Spam:", "Received:from x", "Authentication-Results: x; y"})
  void content_that_comes_where_a_command_should_is_known_for_what_it_is(String line) {
    assertEquals(new Field(), CommandParser.parse(line));
  }

  @Test
  void control_characters_and_broken_utf_8_are_never_taken_as_part_of_a_name() {
    assertInstanceOf(Malformed.class, CommandParser.parse("NOOP \0"));
    assertInstanceOf(Malformed.class, CommandParser.parse("RCPT TO:<a\u0001@b.example>"));
    assertInstanceOf(Malformed.class, CommandParser.parse("RCPT TO:<a\u0085@b.example>"));
    assertInstanceOf(Malformed.class, CommandParser.parse("RCPT TO:<\uFFFD@b.example>"));
  }

  @Test
  void an_initial_response_is_left_as_it_stood() {
    assertEquals(new Auth("PLAIN", "="), CommandParser.parse("AUTH PLAIN ="));
  }

  @Test
  void a_closing_bracket_in_quotes_does_not_end_a_path() {
    var rcpt =
        assertInstanceOf(Rcpt.class, CommandParser.parse("RCPT TO:<\"a\\\">\"@b.example> X"));
    assertEquals("<\"a\\\">\"@b.example>", rcpt.to().toString());
    assertEquals("X", rcpt.parameters().getFirst().keyword());
  }

  @Test
  void any_text_is_some_command() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var pieces =
        "MAIL FROM:|RCPT TO:|EHLO |AUTH |<|>|@|:|,|\"|\\|a| |=|[|]|.|-|\0|é|SIZE".split("\\|", -1);
    for (int i = 0; i < 20_000; i++) {
      var line = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--)
        line.append(pieces[random.nextInt(pieces.length)]);
      assertNotNull(CommandParser.parse(line.toString()), () -> "seed " + seed + ": " + line);
    }
  }
}
