package io.posthouse.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.directory.ForwardTarget.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardTargetTest {
  @ParameterizedTest
  @CsvSource({
    "carol@example.org, MAIL",
    "carol+tag@example.org, MAIL",
    "smtp://mx.example.org, RELAY",
    "SMTPS://mx.example.org:465, RELAY"
  })
  void mail_goes_on_to_an_address_or_to_a_host(String text, Kind kind) {
    assertEquals(new ForwardTarget(kind, text), ForwardTarget.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "carol", "http://example.org/hook", "smtp:", "smtp://", "a b@c"})
  void anything_else_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ForwardTarget.of(text));
  }
}
