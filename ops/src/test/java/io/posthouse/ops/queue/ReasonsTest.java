package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "452 4.2.2 <bob@example.net> is over quota | 452 4.2.2 * is over quota",
        "451 4.7.1 Greylisted, come back in 300 seconds | 451 4.7.1 Greylisted, come back in 300 seconds",
        "421 4.7.26 mx1.example.net busy (k7q2m4xa) | 421 4.7.26 * busy (*)",
        "550 5.7.1 192.0.2.17 is listed at 2026-03-02T08:14:07Z | 550 5.7.1 * is listed at *",
        "4.4.1 no answer from 2001:db8::25 | 4.4.1 no answer from *"
      })
  void what_differs_from_message_to_message_is_left_out(String said, String common) {
    assertEquals(common, Reasons.common(said));
  }

  @Test
  void the_most_frequent_comes_first() {
    var reasons = new Reasons();
    for (var i = 0; i < 3; i++) reasons.add("452 4.2.2 user" + i + "@example.net is over quota");
    reasons.add("451 4.3.0 busy");
    assertEquals(
        List.of(
            new Reasons.Counted("452 4.2.2 * is over quota", 3),
            new Reasons.Counted("451 4.3.0 busy", 1)),
        reasons.top(10));
    assertEquals(1, reasons.top(1).size());
  }

  @Test
  void very_many_reasons_need_no_more_memory_than_many() {
    var reasons = new Reasons();
    for (var i = 0; i < 30_000; i++) reasons.add("451 " + letters(i));
    assertEquals(new Reasons.Counted(Reasons.OTHERS, 20_000), reasons.top(1).getFirst());
    assertEquals(10_001, reasons.top(Integer.MAX_VALUE).size());
  }

  private static String letters(int number) {
    return Integer.toString(number, 10)
        .chars()
        .collect(
            StringBuilder::new, (text, c) -> text.append((char) (c + 49)), StringBuilder::append)
        .toString();
  }
}
