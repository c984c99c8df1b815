package io.posthouse.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.fuzz.Fuzz;
import io.posthouse.smtp.ReplyParser.NotAReply;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// No octets make a parser throw, and what it understands it understands again.
class ParserFuzzTest {
  private static final Predicate<String> REPLY =
      Pattern.compile("(?:[2-5][0-9]{2}[ -][^\\x00-\\x1f\\x7f]*\r\n)+").asMatchPredicate();

  @Test
  void any_line_is_some_command() {
    var lines =
        List.of(
            "EHLO client.example.org",
            "LHLO [IPv6:2001:db8::1]",
            "MAIL FROM:<alice@example.org> SIZE=1000 BODY=8BITMIME RET=HDRS ENVID=QQ314159 SMTPUTF8",
            "MAIL FROM:<@a.example,@b.example:\"a b\\\"c\"@example.org> AUTH=<> REQUIRETLS",
            "RCPT TO:<bob@[192.0.2.1]> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;Bob@example.net",
            "RCPT TO:<j\u00c3\u00bcrgen@b\u00c3\u00bccher.example>",
            "RCPT TO:<postmaster>",
            "BDAT 1000 LAST",
            "AUTH PLAIN AGJvYgBzZWNyZXQ=",
            "VRFY \"bob smith\"",
            "HELP mail");
    new Fuzz("command", lines)
        .run((input, _) -> {
          var command = CommandParser.parse(new String(input, UTF_8));
          if (command instanceof Command.Malformed(_, var reply))
            assertTrue(REPLY.test(reply.wire()), reply.wire());
        });
  }

  @Test
  void an_address_is_the_same_when_it_is_written_and_read_again() {
    var addresses =
        List.of(
            "bob@example.net",
            "\"a \\\" b\\\\\"@example.net",
            "a.b+c=d@[IPv6:2001:db8::1]",
            "x@[192.0.2.1]",
            "j\u00c3\u00bcrgen@b\u00c3\u00bccher.example",
            "a@xn--bcher-kva.example");
    new Fuzz("address", addresses)
        .run((input, _) ->
            MailAddress.parse(new String(input, UTF_8))
                .ifPresent(
                    read -> assertEquals(Optional.of(read), MailAddress.parse(read.toString()))));
  }

  @Test
  void any_octets_are_a_reply_or_none() {
    var replies =
        List.of(
            "250 2.0.0 Ok\r\n",
            "250-mx.example.net\r\n250-SIZE 1000\r\n250 PIPELINING\r\n",
            "550-5.1.1 No\r\n550 5.1.1 such user\r\n",
            "250\r\n");
    new Fuzz("reply", replies)
        .run((input, _) -> {
          var parser = new ReplyParser();
          try {
            for (var line : new String(input, UTF_8).split("\r\n", -1))
              parser.line(line).ifPresent(read -> assertTrue(REPLY.test(read.wire()), read::wire));
          } catch (NotAReply saidSo) {
            assertTrue(saidSo.getMessage() != null, "no reason");
          }
        });
  }
}
