package io.posthouse.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedAddressTest {
  @ParameterizedTest
  @CsvSource({
    "bob@example.net, false",
    "Bob.By@Example.NET, false",
    "*@example.net, true",
    "sales*@example.net, true",
    "*sales@example.net, true",
    "postmaster@*, true"
  })
  void an_address_or_a_pattern_is_read(String text, boolean isPattern) {
    assertEquals(isPattern, ListedAddress.of(text).isPattern());
    assertEquals(text.replace("Example.NET", "example.net"), ListedAddress.of(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bob",
        "@example.net",
        "@*",
        "*@*",
        "bob+tag@example.net",
        "bob+tag@*",
        "a*b@example.net",
        "*a*@example.net",
        "**@example.net",
        "bob@*.net",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa*@example.net"
      })
  void everything_else_is_refused_with_a_reason(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> ListedAddress.of(text));
    assertTrue(String.valueOf(refused.getMessage()).contains("(expected: "), refused::toString);
  }
}
