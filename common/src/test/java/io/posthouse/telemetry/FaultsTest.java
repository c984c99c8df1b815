package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void a_summary_tells_what_began_it_and_where() {
    var summary =
        Faults.summary(new IllegalStateException("x", new ArithmeticException("by zero")));
    assertTrue(
        summary.startsWith(
            "java.lang.ArithmeticException: by zero at " + getClass().getName() + ".a_summary_"),
        summary);
    assertEquals(3, summary.split(" < ", -1).length - 1, summary);
  }

  @Test
  void without_calls_it_is_the_error_itself() {
    var bare = new RuntimeException("y");
    bare.setStackTrace(new StackTraceElement[0]);
    assertEquals("java.lang.RuntimeException: y", Faults.summary(bare));
  }

  @Test
  void a_summary_is_a_line_of_a_bounded_length() {
    assertEquals(1_000, Faults.summary(new RuntimeException("z\n".repeat(5_000))).length());
    assertFalse(Faults.summary(new RuntimeException("a\r\nb")).contains("\n"));
  }

  @Test
  void causes_in_a_circle_end() {
    var one = new RuntimeException("one");
    one.initCause(new RuntimeException("two", one));
    assertTrue(Faults.summary(one).contains("java.lang.RuntimeException"));
  }
}
