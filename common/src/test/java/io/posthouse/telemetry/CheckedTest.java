package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.smtp.Reply;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckedTest {
  private static final MailAddress BOB = MailAddress.of("bob@example.net");
  private static final Recipient TO_BOB = new Recipient(BOB, new Destination.Remote(BOB.domain()));

  @Test
  void a_check_says_what_it_had_against_a_message_and_of_whom() {
    assertEquals("size=pass", Checked.passed("size").toString());
    assertEquals("relay=pass bob@example.net", Checked.passed("relay").of(BOB).toString());
    var objection = Reply.of(553, "5.7.1", "<x@example.net> is no address of yours");
    assertEquals(
        "ownership=observe:553 5.7.1", Checked.observed("ownership", objection).toString());
    assertEquals("test=observe:450", Checked.observed("test", Reply.plain(450, "no")).toString());
  }

  @Test
  void an_objection_is_negative_and_a_check_has_a_name() {
    var ok = Reply.of(250, "2.0.0", "Ok");
    assertThrows(IllegalArgumentException.class, () -> Checked.observed("size", ok));
    assertThrows(IllegalArgumentException.class, () -> Checked.passed("No name"));
  }

  @Test
  void an_event_tells_of_a_hundred_checks_and_where_there_were_none_it_has_no_such_field() {
    var lines = new EventLines(InstantSource.system(), "edge-1");
    var event = new MailEvent.Accepted(Samples.message(TO_BOB), Optional.empty());
    assertFalse(lines.line(event).contains("checks"));
    var many = Collections.nCopies(250, Checked.passed("relay").of(BOB));
    assertEquals(
        Collections.nCopies(100, "relay=pass bob@example.net"),
        EventTexts.all(lines.line(event.with(many)), "checks"));
    assertEquals(
        List.of("size=pass"),
        EventTexts.all(lines.line(event.with(List.of(Checked.passed("size")))), "checks"));
  }
}
