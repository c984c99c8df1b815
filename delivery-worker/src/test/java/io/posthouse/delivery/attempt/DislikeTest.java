package io.posthouse.delivery.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.smtp.Reply;
import io.posthouse.smtp.ReplyParser;
import io.posthouse.smtp.ReplyParser.NotAReply;
import io.posthouse.vectors.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DislikeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 5.7.25 The IP address sending this message does not have a PTR record",
        "550 5.7.1 [2001:db8::25] Our system has detected that this message does not meet IPv6"
            + " sending guidelines regarding PTR records and authentication",
        "550 5.7.1 Client host rejected: cannot find your reverse hostname, [2001:db8::25]",
        "450 4.7.1 Client host rejected: cannot find your hostname, [2001:db8::25]",
        "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org",
        "550 5.7.1 Service unavailable, Client host [2001:db8::25] blocked using Example",
        "521 5.7.1 Service unavailable; client [192.0.2.1] blocked using dnsbl.example.org",
        "550 5.7.606 Access denied, banned sending IP [192.0.2.1]",
        "554 Your IP (192.0.2.1) is listed at rbl.example.org",
        "550 IP address blacklisted by recipient",
        "550 5.7.1 Fix reverse DNS for 192.0.2.1",
        "554-mx.example.net 554 Bad DNS PTR resource record.",
        "554 5.7.1 no rDNS for your address",
        "553 5.3.0 see https://lists.example.org/query?ip=2001:db8::25",
        "421 4.7.0 IP reputation too low",
        "550 5.7.1 very low reputation of the sending IP address",
      })
  void what_is_about_our_address(String reply) throws NotAReply {
    assertTrue(Dislike.isMeantBy(parsed(reply)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 5.1.1 No such user",
        "550 5.2.1 The account of this recipient is blocked by its server",
        "552 5.2.2 Mailbox full",
        "550 5.7.1 Message content rejected",
        "550 5.7.1 Relaying denied",
        "550 5.7.26 This mail is unauthenticated: SPF did not pass with ip: [192.0.2.1]",
        "550 5.7.1 Sender domain is listed in a block list of domains",
        "554 5.7.1 Spam",
        "550 5.7.1 Rejected per DMARC policy",
        "451 4.3.0 Later",
        "250 2.0.0 client host blocked is not what this says",
      })
  void what_is_not(String reply) throws NotAReply {
    assertFalse(Dislike.isMeantBy(parsed(reply)));
  }

  @Test
  void a_reply_without_end_is_looked_at_in_no_time() {
    var text = "client host ".repeat(100_000);
    assertFalse(Dislike.isMeantBy(Reply.plain(550, text)));
  }

  /// Subjects of statuses that are never about us: mailboxes and addresses of the envelope.
  @Test
  void replies_of_real_servers_about_mailboxes_are_not_about_us() throws NotAReply {
    var all = 0;
    var aboutUs = 0;
    for (var one : Vectors.list("smtp-protocol/real-replies.json", "replies")) {
      if (one.getInteger("code") == null) continue;
      var reply = parsed(one.getString("text"));
      all++;
      if (!Dislike.isMeantBy(reply)) continue;
      aboutUs++;
      assertFalse(reply.status().filter(s -> s.subject() < 3).isPresent(), reply::toString);
    }
    assertTrue(aboutUs > 0);
    System.out.println(aboutUs + " of " + all + " replies of real servers are about our address");
  }

  @ParameterizedTest
  @CsvSource({"5.7.25, true", "5.7.1, false"})
  void a_status_says_it_without_words(String status, boolean aboutUs) {
    assertEquals(aboutUs, Dislike.isMeantBy(Reply.of(550, status, "rejected")));
  }

  /// The lines of a reply may be joined.
  private static Reply parsed(String text) throws NotAReply {
    var line = text.charAt(3) == '-' ? text.substring(0, 3) + " " + text.substring(4) : text;
    return new ReplyParser().line(line).orElseThrow();
  }
}
