package io.posthouse.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailAddressTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          bob@example.net,               bob,             example.net,       bob@example.net
          Bob@EXAMPLE.net,               Bob,             example.net,       Bob@example.net
          bob@example.net.,              bob,             example.net,       bob@example.net
          a.b+c@example.net,             a.b+c,           example.net,       a.b+c@example.net
          "bob"@example.net,             bob,             example.net,       bob@example.net
          "bob smith"@example.net,       bob smith,       example.net,       "bob smith"@example.net
          "a@b"@example.net,             a@b,             example.net,       "a@b"@example.net
          "a\\"b"@example.net,           a"b,             example.net,       "a\\"b"@example.net
          "a\\b"@example.net,            ab,              example.net,       ab@example.net
          "..a"@example.net,             ..a,             example.net,       "..a"@example.net
          bob@[192.0.2.1],               bob,             [192.0.2.1],       bob@[192.0.2.1]
          bob@[IPv6:2001:DB8::1],        bob,             [ipv6:2001:db8::1],bob@[ipv6:2001:db8::1]
          jürgen@bücher.example,         jürgen,          xn--bcher-kva.example, jürgen@xn--bcher-kva.example
          !#$%&'*+-/=?^_`{|}~@x.test,    !#$%&'*+-/=?^_`{|}~, x.test,        !#$%&'*+-/=?^_`{|}~@x.test
          """)
  void what_the_grammar_allows_is_an_address(
      String text, String localPart, String domain, String written) {
    var address = MailAddress.parse(text).orElseThrow();
    assertEquals(localPart, address.localPart());
    assertEquals(domain, address.domain().name());
    assertEquals(written, address.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "bob",
        "bob@",
        "@example.net",
        "bob@@example.net",
        ".bob@example.net",
        "bob.@example.net",
        "b..b@example.net",
        "bob smith@example.net",
        "bob@exa mple.net",
        "\"bob@example.net",
        "\"bob\"example.net",
        "\"bob\"x@example.net",
        "\"\"@example.net",
        "\"",
        "\"\\",
        "\"\\\"@example.net",
        "\"a\r\nb\"@example.net",
        "b\u0000b@example.net",
        "\"b\u0007\"@example.net",
        "bob@-example.net",
        "bob@example..net",
        "bob@[",
        "bob@[]",
        "bob@[a]b",
        "bob@[192.0.2]",
        "bob@[192.0.2.256]",
        "bob@[2001:db8::1]",
        "bob@[IPv6:2001:db8:::1]",
        "bob@[mx.example.net]",
        "<bob@example.net>",
        "bob@example.net>",
        "a,b@example.net"
      })
  void what_it_does_not_allow_is_none(String text) {
    assertEquals(Optional.empty(), MailAddress.parse(text));
    assertThrows(IllegalArgumentException.class, () -> MailAddress.of(text));
  }

  @Test
  void local_parts_end_at_256_octets() {
    assertTrue(MailAddress.parse("a".repeat(256) + "@example.net").isPresent());
    assertFalse(MailAddress.parse("a".repeat(257) + "@example.net").isPresent());
    assertTrue(MailAddress.parse("ü".repeat(128) + "@example.net").isPresent());
    assertFalse(MailAddress.parse("ü".repeat(129) + "@example.net").isPresent());
  }

  @Test
  void only_a_local_part_needs_smtputf8_because_domains_have_a_labels() {
    assertTrue(MailAddress.of("bob@bücher.example").isAscii());
    assertFalse(MailAddress.of("jürgen@example.net").isAscii());
  }

  @Test
  void parse_and_format_are_inverses() {
    var seed = 40221L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      var address = new MailAddress(printable(random), new Domain("example.net"));
      assertEquals(
          Optional.of(address), MailAddress.parse(address.toString()), "seed " + seed + ", " + i);
    }
  }

  @Test
  void any_text_at_all_is_an_address_or_none() {
    var seed = 40222L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 50_000; i++) {
      var text = noise(random);
      // The address it is taken for is written in a form that is taken for the same address.
      MailAddress.parse(text)
          .ifPresent(address ->
              assertEquals(
                  Optional.of(address), MailAddress.parse(address.toString()), "seed " + seed));
    }
  }

  private static String printable(SplittableRandom random) {
    return random
        .ints(1 + random.nextInt(20), 32, 0x2000)
        .filter(c -> c != 127)
        .mapToObj(
            c -> random.nextInt(3) == 0 ? Character.toString(c) : "a\"\\.@ b".charAt(c % 7) + "")
        .collect(Collectors.joining("", "a", ""));
  }

  private static String noise(SplittableRandom random) {
    var alphabet = "ab.@\"\\[]: -<>\r\n\t\u0000\u007füßŒ。\u200d\u0130\ud83d\ude00１xn--";
    return random
        .ints(random.nextInt(16), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
