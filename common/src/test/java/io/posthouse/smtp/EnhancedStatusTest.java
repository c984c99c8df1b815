package io.posthouse.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnhancedStatusTest {
  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "4.2.2", "5.1.1", "5.999.999"})
  void parse_and_format_are_inverses(String text) {
    assertEquals(text, EnhancedStatus.of(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5.1", "3.0.0", "5.1.1000", "5.1.1 ", "5.-1.1", "x", "5.1.1.1"})
  void anything_else_is_none(String text) {
    assertEquals(Optional.empty(), EnhancedStatus.parse(text));
    assertThrows(IllegalArgumentException.class, () -> EnhancedStatus.of(text));
  }

  @Test
  void its_parts_are_in_range() {
    assertThrows(IllegalArgumentException.class, () -> new EnhancedStatus(3, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new EnhancedStatus(5, 1000, 0));
    assertThrows(IllegalArgumentException.class, () -> new EnhancedStatus(5, 0, -1));
  }
}
