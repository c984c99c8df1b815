package io.posthouse.edge.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @ParameterizedTest
  @ValueSource(strings = {"600/1m", "1/1s", "5/90s", "5000/24h", "off"})
  void what_is_written_is_read_again(String text) {
    assertEquals(text, Rate.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "600", "600/m", "-1/1m", "1/0s", "1/25h", "1/1d", "600 / 1m", "0/1m"})
  void what_is_no_rate_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
  }
}
