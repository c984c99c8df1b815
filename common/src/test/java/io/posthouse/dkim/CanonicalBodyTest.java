package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalBodyTest {
  /// `$` is CRLF, `_` a blank, `>` a tab, `r` a CR and `n` an LF that stand alone.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none     | $        | none
          $        | $        | none
          $$$      | $        | none
          _$>$     | _$>$     | none
          a        | a$       | a$
          a$       | a$       | a$
          a$$$     | a$       | a$
          a_$      | a_$      | a$
          a_       | a_$      | a$
          a>_b$    | a>_b$    | a_b$
          _a$      | _a$      | _a$
          $$a$     | $$a$     | $$a$
          a$_$b$   | a$_$b$   | a$$b$
          arb$     | arb$     | arb$
          ar       | ar$      | ar$
          a_r$     | a_r$     | a_r$
          anb$     | anb$     | anb$
          a$n      | a$n$     | a$n$
          ar$$     | ar$      | ar$
          """)
  void a_body_is_made_canonical(
      @Nullable String body, @Nullable String simple, @Nullable String relaxed) {
    assertEquals(text(simple), canonical(text(body), Canonicalization.SIMPLE, 100));
    assertEquals(text(relaxed), canonical(text(body), Canonicalization.RELAXED, 100));
  }

  @Test
  void where_a_body_is_cut_changes_nothing() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var alphabet = "a \t\r\n";
    for (int i = 0; i < 2000; i++) {
      var body =
          random
              .ints(random.nextInt(40), 0, alphabet.length())
              .mapToObj(at -> alphabet.substring(at, at + 1))
              .collect(Collectors.joining());
      for (var how : Canonicalization.values())
        assertEquals(
            canonical(body, how, Integer.MAX_VALUE),
            canonical(body, how, 1 + random.nextInt(4)),
            "seed " + seed);
    }
  }

  @Test
  void a_body_longer_than_the_buffer_comes_out_whole() {
    var body = ("x".repeat(997) + "\r\n").repeat(100);
    for (var how : Canonicalization.values()) assertEquals(body, canonical(body, how, 1500));
  }

  private static String canonical(String body, Canonicalization how, int piece) {
    var out = new ByteArrayOutputStream();
    var passing = new CanonicalBody(how, out::write);
    var octets = body.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < octets.length; at += Math.max(1, Math.min(piece, octets.length)))
      passing.take(octets, at, (int) Math.min(octets.length, at + (long) piece));
    passing.end();
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String text(@Nullable String shown) {
    if (shown == null) return "";
    return shown
        .replace('r', '\r')
        .replace('n', '\n')
        .replace("$", "\r\n")
        .replace('_', ' ')
        .replace('>', '\t');
  }
}
