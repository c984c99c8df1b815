package io.posthouse.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLineTest {
  @Test
  void fields_stand_in_the_order_in_which_they_were_put() {
    var line =
        new JsonLine()
            .text("a", "b")
            .number("n", -1)
            .truth("t", true)
            .millis("ms", Duration.ofSeconds(2))
            .texts("none", List.of())
            .texts("two", List.of("x", "y"))
            .open("empty")
            .close()
            .open("o")
            .text("k", "v")
            .close()
            .word("w", Stage.RCPT)
            .end();
    assertEquals(
        "{\"a\":\"b\",\"n\":-1,\"t\":true,\"ms\":2000,\"none\":[],\"two\":[\"x\",\"y\"],\"empty\":{},"
            + "\"o\":{\"k\":\"v\"},\"w\":\"rcpt\"}",
        line);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "22, ~\\\"~",
        "5c, ~\\\\~",
        "0a, ~\\n~",
        "0d, ~\\r~",
        "09, ~\\t~",
        "00, ~\\u0000~",
        "1b, ~\\u001b~",
        "7f, ~\\u007f~",
        "9b, ~\\u009b~",
        "2028, ~\\u2028~",
        "2029, ~\\u2029~",
        "e9, é",
        "20ac, €",
        "1f4ec, 📬",
        "d83d, \ufffd",
        "dcec, \ufffd"
      })
  void what_would_break_a_line_or_a_terminal_is_escaped(String codePoint, String expected) {
    var text = Character.toString(Integer.parseInt(codePoint, 16));
    assertEquals(
        "{\"k\":\"x" + expected + "y\"}", new JsonLine().text("k", "x" + text + "y").end());
  }

  @Test
  void half_a_pair_at_the_end_is_replaced() {
    assertEquals("{\"k\":\"\ufffd\"}", new JsonLine().text("k", "\ud83d").end());
  }

  @Test
  void what_is_too_long_is_cut_and_says_so() {
    assertEquals(
        "{\"k\":\"" + "x".repeat(4000) + "…\"}", new JsonLine().text("k", "x".repeat(4001)).end());
    assertEquals(
        "{\"k\":[" + "\"x\",".repeat(99) + "\"x\"]}",
        new JsonLine().texts("k", Collections.nCopies(101, "x")).end());
  }

  @Test
  void any_octets_at_all_give_one_line_of_valid_utf8() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var octets = new byte[300];
    for (int i = 0; i < 1000; i++) {
      random.nextBytes(octets);
      for (var charset : List.of(UTF_8, ISO_8859_1, java.nio.charset.StandardCharsets.UTF_16BE)) {
        var line = new JsonLine().text("k", new String(octets, charset)).end();
        assertEquals(1, line.lines().count(), "seed " + seed);
        assertEquals(line, new String(line.getBytes(UTF_8), UTF_8), "seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T08:14:07.412999Z, 2026-03-02T08:14:07.412Z",
    "2026-03-02T08:14:07Z, 2026-03-02T08:14:07.000Z",
    "2026-03-02T08:14:07.007Z, 2026-03-02T08:14:07.007Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z"
  })
  void instants_have_three_digits_of_the_second(Instant at, String expected) {
    assertEquals(expected, Timestamps.format(at));
  }

  @Test
  void objects_stand_in_lists() {
    var line = new JsonLine().text("a", "b").openList("none").closeList().openList("k");
    line.item().number("n", 1).openList("l").item().close().closeList().close();
    line.item().close().closeList().truth("end", true);
    assertEquals(
        "{\"a\":\"b\",\"none\":[],\"k\":[{\"n\":1,\"l\":[{}]},{}],\"end\":true}", line.end());
  }
}
