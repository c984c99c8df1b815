package io.posthouse.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentTraitsTest {
  /// `|` is CRLF, `R` CR, `N` LF, `0` NUL.
  @ParameterizedTest
  @CsvSource({
    "'A: b||text|',          false, false, true,  false",
    "'A: b||täxt|',          true,  false, true,  false",
    "'A: ü||text|',          true,  true,  true,  false",
    "'A: b||--x|B: ü||c|',   true,  true,  true,  false",
    "'A: b||--x|B: c||ü|',   true,  false, true,  false",
    "'A: b||-- |Jürgen|',    true,  false, true,  false",
    "'A: b||text',           false, false, true,  true",
    "'A: b||tNxt|',          false, false, false, false",
    "'A: b||tRxt|',          false, false, false, false",
    "'A: b||t0xt|',          false, false, false, false",
    "'A: b||R|',             false, false, false, false",
    "'A: b||R',              false, false, true,  true",
    "'',                     false, false, true,  false",
  })
  void content_is_what_it_is(
      String written, boolean eightBit, boolean header, boolean lines, boolean open)
      throws IOException {
    var expected = new ContentTraits(eightBit, header, lines, open);
    assertEquals(expected, ContentTraits.of(octets(written)), written);
    assertEquals(expected, ContentTraits.of(byOne(octets(written))), "octet by octet");
  }

  @Test
  void a_line_may_have_998_octets_and_no_more() throws IOException {
    assertEquals(true, ContentTraits.of(octets("x".repeat(998) + "|")).isText());
    assertEquals(false, ContentTraits.of(octets("x".repeat(999) + "|")).isText());
  }

  private static InputStream octets(String written) {
    var text =
        written.replace("|", "\r\n").replace('R', '\r').replace('N', '\n').replace('0', '\0');
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream byOne(InputStream octets) {
    return new FilterInputStream(octets) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return super.read(buffer, offset, Math.min(1, length));
      }
    };
  }
}
