package io.posthouse.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyTest {
  @Test
  void the_last_line_has_a_space_where_the_others_have_a_hyphen() {
    assertEquals(
        "250-mx.example.net\r\n250-PIPELINING\r\n250 SIZE 1000\r\n",
        Reply.plain(250, "mx.example.net", "PIPELINING", "SIZE 1000").wire());
  }

  @Test
  void the_status_is_written_before_each_line() {
    var status = Optional.of(EnhancedStatus.of("5.7.1"));
    var reply = new Reply(550, status, List.of("No", "Not here"));
    assertEquals("550-5.7.1 No\r\n550 5.7.1 Not here\r\n", reply.wire());
    assertEquals("550 5.7.1 No / 5.7.1 Not here", reply.toString());
  }

  @Test
  void in_a_log_it_is_one_line() {
    assertEquals("452 4.2.2 Mailbox full", Reply.of(452, "4.2.2", "Mailbox full").toString());
    assertEquals("354 Go ahead", Reply.plain(354, "Go ahead").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "250, true, false, false",
    "354, true, false, false",
    "399, true, false, false",
    "421, false, true, false",
    "499, false, true, false",
    "550, false, false, true"
  })
  void the_first_digit_decides(int code, boolean positive, boolean later, boolean never) {
    var reply = Reply.plain(code, "text");
    assertEquals(positive, reply.isPositive());
    assertEquals(later, reply.isTransient());
    assertEquals(never, reply.isPermanent());
    assertEquals(!positive, reply.isNegative());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 199, 600, 612})
  void codes_outside_the_range_are_refused(int code) {
    var e = assertThrows(IllegalArgumentException.class, () -> Reply.plain(code, "text"));
    assertEquals("reply code: " + code + " (expected: 200..599)", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\n250 b", "a\nb", "a\r", "\n"})
  void a_line_never_smuggles_another(String line) {
    assertThrows(IllegalArgumentException.class, () -> Reply.plain(250, line));
  }

  @Test
  void a_reply_says_something() {
    assertThrows(IllegalArgumentException.class, () -> Reply.plain(250));
  }
}
