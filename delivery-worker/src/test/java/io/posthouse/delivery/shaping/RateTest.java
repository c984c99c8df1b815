package io.posthouse.delivery.shaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @ParameterizedTest
  @ValueSource(strings = {"1/1s", "100/1m", "5000/1h", "7/90s", "unlimited"})
  void it_is_written_as_it_is_read(String text) {
    assertEquals(text, Rate.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0/1s", "10/0s", "10/s", "10/1d", "-1/1s", "9999999999/1s"})
  void what_is_no_rate_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
  }

  @Test
  void workers_share_it_evenly() {
    assertEquals(Duration.ofSeconds(1).toNanos(), Rate.parse("60/1m").intervalNanos());
    assertEquals(Duration.ofSeconds(3).toNanos(), Rate.parse("60/1m").shared(3).intervalNanos());
    assertEquals(Rate.UNLIMITED, Rate.UNLIMITED.shared(3));
  }
}
