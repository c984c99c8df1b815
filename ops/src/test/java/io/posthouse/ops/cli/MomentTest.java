package io.posthouse.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00.123456Z");

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T08:00:00Z,          2026-03-02T08:00:00Z",
    "2026-03-02T08:00:00+02:00,     2026-03-02T06:00:00Z",
    "2026-03-02T08:00:00.123456Z,   2026-03-02T08:00:00.123Z",
  })
  void a_time_is_itself_whichever_way_we_look(String text, Instant expected) {
    assertEquals(expected, Moment.ago(text, NOW));
    assertEquals(expected, Moment.ahead(text, NOW));
  }

  @Test
  void a_duration_is_counted_from_now() {
    assertEquals(Instant.parse("2026-03-02T07:30:00.123Z"), Moment.ago("4h30m", NOW));
    assertEquals(Instant.parse("2026-03-02T16:30:00.123Z"), Moment.ahead("4h30m", NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-03-02", "2026-03-02T08:00:00", "-4h", "4 h"})
  void what_is_neither_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Moment.ago(text, NOW));
    assertThrows(IllegalArgumentException.class, () -> Moment.ahead(text, NOW));
  }
}
