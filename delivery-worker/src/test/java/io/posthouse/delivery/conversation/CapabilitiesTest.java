package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.smtp.Reply;
import io.posthouse.smtp.ReplyParser;
import io.posthouse.smtp.ReplyParser.NotAReply;
import io.posthouse.smtp.SaslMechanism;
import io.posthouse.vectors.Vectors;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilitiesTest {
  @ParameterizedTest
  @CsvSource({
    "SIZE 1000,     true,  1000",
    "size 1000,     true,  1000",
    "SIZE=1000,     true,  1000",
    "SIZE,          true,",
    "SIZE 0,        true,",
    "SIZE lots,     true,",
    "SIZE 99999999999999999999, true,",
    "SIZELESS 1000, false,",
  })
  void a_size_limit_is_named_or_not(String line, boolean announced, Long limit) {
    var host = Capabilities.of(Reply.plain(250, "mx.example.net", line));
    assertEquals(announced, host.offers(Extension.SIZE));
    assertEquals(limit == null ? OptionalLong.empty() : OptionalLong.of(limit), host.largest());
  }

  @ParameterizedTest
  @CsvSource({
    "LIMITS MAILMAX=5 RCPTMAX=10,     5,  10",
    "LIMITS rcptmax=10,               ,   10",
    "LIMITS RCPTDOMAINMAX=1,          ,   ",
    "LIMITS RCPTMAX=0 MAILMAX=lots,   ,   ",
    "LIMITS,                          ,   ",
  })
  void limits_are_named_or_not(String line, Integer messages, Integer recipients) {
    var host = Capabilities.of(Reply.plain(250, "mx.example.net", line));
    assertEquals(
        messages == null ? OptionalInt.empty() : OptionalInt.of(messages), host.mostMessages());
    assertEquals(
        recipients == null ? OptionalInt.empty() : OptionalInt.of(recipients),
        host.mostRecipients());
  }

  @Test
  void ways_to_log_in_are_announced_in_two_spellings() {
    var host =
        Capabilities.of(Reply.plain(250, "mx.example.net", "AUTH=LOGIN", "AUTH PLAIN GSSAPI"));
    assertEquals(Set.of(SaslMechanism.LOGIN, SaslMechanism.PLAIN), host.logins());
  }

  @Test
  void the_first_line_greets_and_announces_nothing() {
    var host = Capabilities.of(Reply.plain(250, "PIPELINING", "8BITMIME "));
    assertEquals(new Capabilities(Set.of(Extension.EIGHT_BIT_MIME), OptionalLong.empty()), host);
  }

  @Test
  void replies_of_other_servers_are_understood() throws NotAReply {
    var read = 0;
    for (var one : Vectors.list("smtp-protocol/ehlo-replies.json", "replies")) {
      if (!one.getBoolean("valid")) continue;
      var wire = one.getString("wire");
      var host = Capabilities.of(reply(wire));
      for (var extension : Extension.values())
        assertEquals(wire.contains(extension.keyword()), host.offers(extension), wire);
      read++;
    }
    assertTrue(read > 0);
    System.out.println(read + " EHLO replies of other servers");
  }

  private static Reply reply(String wire) throws NotAReply {
    var parser = new ReplyParser();
    for (var line : wire.split("\r\n")) {
      var reply = parser.line(line);
      if (reply.isPresent()) return reply.get();
    }
    throw new AssertionError("no end: " + wire);
  }
}
