package io.posthouse.edge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineEndsTest {
  /// `r` and `n` stand for CR and LF.
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a, a",
    "arnbrn, arnbrn",
    "anb, arnb",
    "arb, arnb",
    "arrn, arnrn",
    "arnn, arnrn",
    "anrn, arnrn",
    "n, rn",
    "r, rn",
    "rr, rnrn",
    "ar, arn",
    "arn.rn, arn.rn",
    "..rn, ..rn",
    "0123456789abcdefnghijklr, 0123456789abcdefrnghijklrn"
  })
  void what_stands_alone_becomes_a_crlf_where_it_is_to_be_mended(String text, String mended) {
    assertEquals(octets(mended), read(BareNewline.NORMALISE, octets(text), 100).text());
    assertEquals(!text.equals(mended), read(BareNewline.REJECT, octets(text), 100).bare());
  }

  @Test
  void where_chunks_are_cut_changes_nothing() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--)
        text.append("ab\r\n.\r\n".charAt(random.nextInt(7)));
      var whole = read(BareNewline.NORMALISE, text.toString(), 1000);
      assertEquals(whole, read(BareNewline.NORMALISE, text.toString(), 3), () -> "seed " + seed);
      assertEquals(text.toString().replaceAll("\r\n|\r|\n", "\r\n"), whole.text());
    }
  }

  private record Read(String text, boolean bare) {}

  /// Reads `text` in pieces of up to `longest`.
  private static Read read(BareNewline policy, String text, int longest) {
    var out = new ByteArrayOutputStream();
    ContentSink sink = (array, from, to) -> out.write(array, from, to - from);
    var lines = new LineEnds(policy);
    var random = new Random(text.hashCode());
    var octets = text.getBytes(ISO_8859_1);
    for (int at = 0; at < octets.length; ) {
      var to = Math.min(octets.length, at + 1 + random.nextInt(longest));
      lines.take(octets, at, to, sink);
      at = to;
    }
    lines.end(sink);
    return new Read(out.toString(ISO_8859_1), lines.hasBareNewline());
  }

  private static String octets(String text) {
    return text.replace('r', '\r').replace('n', '\n');
  }
}
