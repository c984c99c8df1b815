package io.posthouse.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.smtp.DotStuffing.BareLineEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotStuffingTest {
  @ParameterizedTest
  @CsvSource({
    "'', '.|'",
    "'a|', 'a|.|'",
    "'.|', '..|.|'",
    "'.a|.|..|b.|', '..a|..|...|b.|.|'",
    "'a', 'a|.|'",
    "'.', '..|.|'",
    "'|.|', '|..|.|'",
  })
  void a_line_that_begins_with_a_dot_gets_one_more(String content, String wire) throws IOException {
    assertEquals(lines(wire), sent(lines(content), Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bare \r is\r\n",
        "bare \n is\r\n",
        "\n.\n",
        "\r\n.\rx\r\n",
        "\n",
        "a\r",
        "\r\r\n"
      })
  void content_with_a_bare_line_end_is_never_sent_to_its_end(String content) {
    assertThrows(BareLineEnd.class, () -> sent(content, Integer.MAX_VALUE));
  }

  @Test
  void where_the_content_is_cut_changes_nothing() throws IOException {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      var content = randomLines(random);
      var whole = sent(content, Integer.MAX_VALUE);
      assertEquals(whole, sent(content, 1 + random.nextInt(5)), "seed " + seed);
    }
  }

  private static String sent(String content, int piece) throws IOException {
    var wire = new ByteArrayOutputStream();
    var stuffing = new DotStuffing(wire);
    var octets = content.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < octets.length; ) {
      var length = Math.min(piece, octets.length - at);
      stuffing.write(octets, at, length);
      at += length;
    }
    stuffing.end();
    return wire.toString(StandardCharsets.ISO_8859_1);
  }

  private static String randomLines(Random random) {
    var content = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--)
      content.append(new String[] {".", "a", "\r\n", "\r\n."}[random.nextInt(4)]);
    return content.append("\r\n").toString();
  }

  private static String lines(String bars) {
    return bars.replace("|", "\r\n");
  }
}
