package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTextsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob@example.net",
        "\"b o b\"@example.net",
        "back\\slash",
        "\",\"to\":\"somebody else",
        "lines\r\nand\ttabs\u0001",
        "bücher@example.net",
        ""
      })
  void a_text_is_read_as_it_was_written(String text) {
    var line = new JsonLine().text("why", text).text("to", text).number("to_too", 3).end();
    assertEquals(Optional.of(text), EventTexts.of(line, "to"));
    assertEquals(Optional.of(text), EventTexts.of(line, "why"));
  }

  @Test
  void what_is_not_there_or_no_text_is_empty() {
    var line = new JsonLine().number("to", 3).text("of", "to").end();
    assertEquals(Optional.empty(), EventTexts.of(line, "to"));
    assertEquals(Optional.empty(), EventTexts.of(line, "from"));
    assertEquals(Optional.empty(), EventTexts.of("{\"to\":\"it ends", "to"));
    assertEquals(Optional.empty(), EventTexts.of("", "to"));
  }
}
