package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
  void the_texts_of_a_list_are_read_as_they_were_written() {
    var texts = List.of("bob@example.net", "\"],[\\", "", "b\u00fccher@example.net");
    var line = new JsonLine().texts("of", List.of("to")).texts("to", texts).number("n", 3).end();
    assertEquals(texts, EventTexts.all(line, "to"));
    assertEquals(List.of(), EventTexts.all(line, "n"));
    assertEquals(List.of(), EventTexts.all("{\"to\":[]}", "to"));
    assertEquals(List.of("it"), EventTexts.all("{\"to\":[\"it\",\"ends", "to"));
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
