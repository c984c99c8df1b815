package io.posthouse.ops.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleMailTest {
  @ParameterizedTest
  @ValueSource(ints = {1024, 10240, 102400})
  void a_message_is_at_most_one_line_shorter_than_asked_for_and_ends_with_a_dot(int octets) {
    var wire = new SampleMail("run1", octets).numbered(7);
    var size = wire.length - ".\r\n".length();
    assertTrue(size <= octets && size > octets - 80, () -> size + " octets of " + octets);
    assertTrue(new String(wire, US_ASCII).endsWith("\r\n.\r\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 10, 12345678})
  void stamping_a_number_gives_what_building_the_message_gives(int n) {
    var mail = new SampleMail("run1", 2048);
    assertArrayEquals(mail.numbered(n), mail.stamp().numbered(n));
  }

  @Test
  void its_content_is_what_the_wire_means() {
    var mail = new SampleMail("run1", 2048);
    var wire = new String(mail.numbered(7), US_ASCII);
    assertEquals(wire, new String(mail.content(7), US_ASCII) + ".\r\n");
    assertFalse(wire.contains("\r\n.."));
  }
}
