package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScanProgressTest {
  private static final String ERASED = "\r" + " ".repeat(60) + "\r";

  private final StringWriter screen = new StringWriter();

  @Test
  void at_a_terminal_rows_are_above_the_line_that_changes_and_nothing_of_it_stays() {
    var out = new PrintWriter(new BufferedWriter(screen));
    try (var progress = new ScanProgress(out, new PrintWriter(screen), true)) {
      progress.show("1 of 3");
      progress.clear();
      out.print("row\n");
      progress.show("2 of 3");
    }
    assertEquals("1 of 3" + ERASED + "row\n2 of 3" + ERASED, screen.toString());
  }

  @Test
  void elsewhere_it_is_lines() {
    var out = new PrintWriter(screen);
    try (var progress = new ScanProgress(out, out, false)) {
      progress.show("1 of 3");
      progress.clear();
      progress.show("2 of 3");
    }
    assertEquals("1 of 3%n2 of 3%n".formatted(), screen.toString());
  }
}
