package io.posthouse.storage.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerableTest {
  private static final MailAddress ALICE = MailAddress.of("alice@example.org");
  private static final List<MailAddress> BOB =
      List.of(MailAddress.of("bob.by@example.test"), MailAddress.of("robert@example.test"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "To: bob.by@example.test",
        "To: team@example.test\r\nCc: Bob <BobBy+news@Example.TEST>",
        "Resent-To: robert@example.test",
        "To: friends: carol@example.test, robert@example.test;",
        "To: robert@example.test\r\nAuto-Submitted: no",
        "To: robert@example.test\r\nPrecedence: normal"
      })
  void a_person_who_writes_to_the_reader_is_answered(String header) {
    assertEquals(Optional.of(ALICE), answered(ALICE, header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "To: carol@example.test",
        "Subject: blind copy",
        "To: robert@example.test\r\nAuto-Submitted: auto-generated",
        "To: robert@example.test\r\nAuto-Submitted: Auto-Replied (vacation)",
        "To: robert@example.test\r\nPrecedence: BULK",
        "To: robert@example.test\r\nPrecedence: list",
        "To: robert@example.test\r\nPrecedence: junk",
        "To: robert@example.test\r\nList-Id: <java.example.org>",
        "To: robert@example.test\r\nList-Unsubscribe: <mailto:x@example.org>",
        "To: robert@example.test\r\nX-Auto-Response-Suppress: OOF"
      })
  void robots_lists_and_those_who_did_not_write_to_the_reader_are_not(String header) {
    assertEquals(Optional.empty(), answered(ALICE, header));
  }

  @ParameterizedTest
  @CsvSource({
    "MAILER-DAEMON@example.org, false",
    "postmaster@example.org, false",
    "no-reply@example.org, false",
    "noreply-7@example.org, false",
    "do_not_reply@example.org, false",
    "owner-java@example.org, false",
    "java-request@example.org, false",
    "java-bounces@example.org, false",
    "bounces+7@example.org, false",
    "SRS0=1a2b=KN=example.net=x@example.org, false",
    "robert@example.test, false",
    "noria@example.org, true",
    "owner@example.org, true"
  })
  void addresses_of_robots_and_of_the_reader_are_not_answered(MailAddress from, boolean is) {
    assertEquals(is, answered(from, "To: robert@example.test").isPresent());
  }

  @Test
  void nobody_is_not_answered() {
    assertEquals(
        Optional.empty(),
        Answerable.sender(new ReversePath.Null(), mail("To: robert@example.test"), BOB));
  }

  private static Optional<MailAddress> answered(MailAddress from, String header) {
    return Answerable.sender(new ReversePath.Sender(from), mail(header), BOB);
  }

  private static Mail mail(String header) {
    return Mail.of(Octets.utf8(header + "\r\n\r\nHello\r\n"));
  }
}
