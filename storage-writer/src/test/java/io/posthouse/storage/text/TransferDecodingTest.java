package io.posthouse.storage.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransferDecodingTest {
  @ParameterizedTest
  @CsvSource({
    "YWJj, abc",
    "YWI=, ab",
    "YQ, a",
    "'Y W\r\nJj', abc",
    "YQ==Yg==Yw==, abc",
    "Y!W*J-j, abc",
    "'', ''",
    "====, ''",
    "Y, ''",
  })
  void base64_is_read_with_all_its_faults(String written, String text) {
    assertEquals(text, decoded(written, "base64", 100));
  }

  @ParameterizedTest
  @CsvSource({
    "a=3Db, a=b",
    "a=3db, a=b",
    "'a=\r\nb', ab",
    "'a=\nb', ab",
    "'a= \t\r\nb', ab",
    "a=, a",
    "a=3, a=3",
    "a=zz, a=zz",
    "'a \r\nb', 'a \r\nb'",
    "==41, =A",
  })
  void quoted_printable_is_read_with_all_its_faults(String written, String text) {
    assertEquals(text, decoded(written, "quoted-printable", 100));
  }

  @ParameterizedTest
  @CsvSource({"base64, YWJjZGVm", "quoted-printable, =61=62=63=64", "8bit, abcdef", "x, abcdef"})
  void no_more_is_decoded_than_is_wanted(String encoding, String written) {
    assertEquals("abc", decoded(written, encoding, 3));
    assertEquals("", decoded(written, encoding, 0));
  }

  @Test
  void what_was_encoded_comes_back() {
    for (int seed = 0; seed < 200; seed++) {
      var octets = new byte[new Random(seed).nextInt(300)];
      new Random(seed).nextBytes(octets);
      var written = Octets.of(Base64.getMimeEncoder().encode(octets));
      var decoded = TransferDecoding.decode(written, "base64", 1000);
      assertEquals(Octets.of(octets), decoded, "seed " + seed);
    }
  }

  private static String decoded(String written, String encoding, int most) {
    return TransferDecoding.decode(Octets.utf8(written), encoding, most)
        .text(StandardCharsets.UTF_8);
  }
}
