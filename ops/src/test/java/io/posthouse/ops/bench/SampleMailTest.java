package io.posthouse.ops.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource({"0, 2048", "9, 2048", "10, 100000", "12345678, 2048"})
  void stamping_a_number_gives_what_building_the_message_gives(int n, int octets) throws Exception {
    var mail = new SampleMail("run1", octets);
    var wire = new ByteArrayOutputStream();
    mail.stamp().copy().write(n, wire);
    assertArrayEquals(mail.numbered(n), wire.toByteArray());
  }

  @Test
  void its_content_is_what_the_wire_means() {
    var mail = new SampleMail("run1", 2048);
    var wire = new String(mail.numbered(7), US_ASCII);
    assertEquals(wire, new String(mail.content(7), US_ASCII) + ".\r\n");
    assertFalse(wire.contains("\r\n.."));
  }
}
