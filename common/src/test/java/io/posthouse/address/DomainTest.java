package io.posthouse.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          example.net,         example.net
          EXAMPLE.Net,         example.net
          example.net.,        example.net
          localhost,           localhost
          _dmarc.example.net,  _dmarc.example.net
          a-b.example,         a-b.example
          bücher.example,      xn--bcher-kva.example
          BÜCHER.example,      xn--bcher-kva.example
          faß.example,         xn--fa-hia.example
          ΒΌΛΟΣ.example,       xn--nxasmq6b.example
          büc­her.example,     xn--bcher-kva.example
          例え.テスト,           xn--r8jz45g.xn--zckzah
          пример.испытание,    xn--e1afmkfd.xn--80akhbyknj4f
          bücher。example,      xn--bcher-kva.example
          xn--bcher-kva.example, xn--bcher-kva.example
          [192.0.2.1],         [192.0.2.1]
          [IPv6:2001:db8::A],  [ipv6:2001:db8::a]
          """)
  void spellings_of_one_domain_are_equal(String text, String name) {
    assertEquals(Optional.of(new Domain(name)), Domain.parse(text));
    assertEquals(name, new Domain(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".example",
        "example..net",
        "-a.example",
        "a-.example",
        "a b",
        "a/b",
        "exam\nple",
        "[",
        "[]",
        "[a",
        "a]",
        "[a]b",
        "[a[b]",
        "\u0000",
        "bü cher.example",
        "ü\u0000.example",
        "\u0301a.example",
        "ü\uE000.example",
        "ü..example",
        "℀ü.example"
      })
  void what_is_no_host_name_is_no_domain(String text) {
    assertEquals(Optional.empty(), Domain.parse(text));
  }

  @Test
  void labels_end_at_63_octets_and_names_at_255() {
    assertTrue(Domain.parse("a".repeat(63) + ".example").isPresent());
    assertFalse(Domain.parse("a".repeat(64) + ".example").isPresent());
    assertTrue(Domain.parse("a.".repeat(127) + "b").isPresent());
    assertFalse(Domain.parse("a.".repeat(127) + "bc").isPresent());
    assertFalse(Domain.parse("ü".repeat(5000)).isPresent());
  }

  @Test
  void an_address_in_brackets_is_a_literal() {
    assertTrue(new Domain("[192.0.2.1]").isLiteral());
    assertFalse(new Domain("192.0.2.1").isLiteral());
  }
}
