package io.posthouse.edge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDecoderTest {
  /// What came out of a decoder that was fed with `wire`, cut in pieces.
  ///
  /// @param end how many octets belong to the content and its end, or -1
  record Decoded(String content, int end, boolean bare) {}

  static Decoded decode(BareNewline policy, String wire, Random cuts) {
    var octets = wire.getBytes(ISO_8859_1);
    var decoder = new ContentDecoder(policy);
    var content = new StringBuilder();
    for (int from = 0; from < octets.length; ) {
      var to = Math.min(octets.length, from + 1 + cuts.nextInt(8));
      var end =
          decoder.decode(
              octets, from, to, (a, i, j) -> content.append(new String(a, i, j - i, ISO_8859_1)));
      if (end >= 0) return new Decoded(content.toString(), end, decoder.hasBareNewline());
      from = to;
    }
    return new Decoded(content.toString(), -1, decoder.hasBareNewline());
  }

  static Decoded decode(String wire) {
    return decode(BareNewline.REJECT, wire, new Random(wire.hashCode()));
  }

  static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .\\r\\n                         | ''
          \\r\\n.\\r\\n                   | \\r\\n
          a\\r\\n.\\r\\n                  | a\\r\\n
          ..\\r\\n.\\r\\n                 | .\\r\\n
          ..a\\r\\n...b\\r\\n.\\r\\n      | .a\\r\\n..b\\r\\n
          a.\\r\\n.\\r\\n                 | a.\\r\\n
          .a\\r\\n.\\r\\n                 | a\\r\\n
          a\\0b\\r\\n.\\r\\n              | a\\0b\\r\\n
          a\\r\\n\\r\\n\\r\\n.\\r\\n      | a\\r\\n\\r\\n\\r\\n
          """)
  void stuffed_dots_are_taken_out_and_nothing_else(String wire, String content) {
    var decoded = decode(unescape(wire));
    assertEquals(unescape(content), decoded.content());
    assertEquals(unescape(wire).length(), decoded.end());
    assertFalse(decoded.bare());
  }

  @Test
  void long_lines_and_all_octets_come_out_as_they_went_in() {
    var line = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      var c = (char) (i % 256);
      line.append(c == '\r' || c == '\n' ? 'x' : c);
    }
    var decoded = decode(line + "\r\n.\r\n");
    assertEquals(line + "\r\n", decoded.content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\nb\\r\\n.\\r\\n         | a\\r\\nb\\r\\n
          a\\rb\\r\\n.\\r\\n         | a\\r\\nb\\r\\n
          a\\n.\\nb\\r\\n.\\r\\n     | a\\r\\n.\\r\\nb\\r\\n
          a\\n.\\r\\nb\\r\\n.\\r\\n  | a\\r\\n.\\r\\nb\\r\\n
          a\\r\\n.\\nb\\r\\n.\\r\\n  | a\\r\\n\\r\\nb\\r\\n
          a\\r\\n.\\rb\\r\\n.\\r\\n  | a\\r\\n\\r\\nb\\r\\n
          a\\r\\r\\nb\\r\\n.\\r\\n   | a\\r\\n\\r\\nb\\r\\n
          a\\n\\rb\\r\\n.\\r\\n      | a\\r\\n\\r\\nb\\r\\n
          """)
  void a_bare_newline_is_mended_where_that_is_the_policy_and_ends_nothing(
      String wire, String content) {
    var decoded = decode(BareNewline.NORMALISE, unescape(wire), new Random(wire.hashCode()));
    assertEquals(unescape(content), decoded.content());
    assertEquals(unescape(wire).length(), decoded.end());
    assertTrue(decoded.bare());
  }

  @Test
  void where_the_network_cuts_changes_nothing() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var alphabet = "\r\n..ab\0\u00e9";
    for (int round = 0; round < 20_000; round++) {
      var wire = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--)
        wire.append(
            random.nextInt(3) == 0 ? "\r\n" : alphabet.charAt(random.nextInt(alphabet.length())));
      wire.append("\r\n.\r\n");
      for (var policy : BareNewline.values()) {
        var whole =
            decode(
                policy,
                wire.toString(),
                new Random(1) {
                  @Override
                  public int nextInt(int bound) {
                    return bound - 1;
                  }
                });
        var cut = decode(policy, wire.toString(), random);
        assertEquals(whole, cut, () -> "seed " + seed);
        assertTrue(whole.end() > 0, () -> "no end, seed " + seed);
      }
    }
  }

  @Test
  void what_is_stuffed_is_unstuffed() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      var content = new StringBuilder();
      for (int i = random.nextInt(10); i > 0; i--)
        content
            .append(".".repeat(random.nextInt(3)))
            .append("a".repeat(random.nextInt(3)))
            .append("\r\n");
      var wire = ("\r\n" + content).replace("\r\n.", "\r\n..").substring(2) + ".\r\n";
      var decoded = decode(BareNewline.REJECT, wire, random);
      assertEquals(content.toString(), decoded.content(), () -> "seed " + seed);
      assertEquals(wire.length(), decoded.end());
    }
  }
}
