package io.posthouse.edge.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderScanTest {
  private static HeaderScan scan(String content) {
    var octets = content.getBytes(US_ASCII);
    return HeaderScan.of(octets, octets.length);
  }

  @Test
  void hosts_are_counted_in_the_header_only() {
    var header = "Received: from a\r\n\tby b\r\nreceived: from c\r\nX-Received: no\r\n";
    assertEquals(2, scan(header + "\r\nReceived: in the body\r\n").received());
  }

  @Test
  void fields_are_found_in_any_case_and_on_the_next_line() {
    var header = scan("date: now\r\nMESSAGE-ID:\r\n <1@example.net>\r\n\r\n");
    assertTrue(header.hasDate());
    assertEquals(Optional.of("<1@example.net>"), header.messageId());
  }

  @Test
  void what_is_not_there_is_not_found() {
    var header = scan("Dates: no\r\nSubject: Date: no\r\n Date: folded\r\n\r\nDate: body\r\n");
    assertFalse(header.hasDate());
    assertEquals(Optional.empty(), header.messageId());
    assertEquals(Optional.empty(), scan("Message-ID:  \r\nSubject: x\r\n\r\n").messageId());
    assertEquals(0, scan("").received());
  }

  @Test
  void any_octets_are_some_header() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var pieces = new String[] {"Message-ID:", "\r\n", "\n", "\r", " ", ":", "Date:", "x", "<"};
    for (int round = 0; round < 20_000; round++) {
      var content = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--)
        content.append(pieces[random.nextInt(pieces.length)]);
      assertTrue(scan(content.toString()).received() == 0, () -> "seed " + seed);
    }
  }
}
