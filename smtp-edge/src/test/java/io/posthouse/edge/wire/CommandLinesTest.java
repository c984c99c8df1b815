package io.posthouse.edge.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.posthouse.edge.session.Refusals;
import io.posthouse.edge.wire.CommandLines.Line;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
  private static List<Line> lines(BareNewline policy, int longest, String... pieces) {
    var lines = new CommandLines(policy);
    var unread = Unpooled.buffer();
    var found = new ArrayList<Line>();
    for (var piece : pieces) {
      unread.writeCharSequence(piece, UTF_8);
      for (var line = lines.next(unread, longest);
          !(line instanceof Line.Partial);
          line = lines.next(unread, longest)) found.add(line);
    }
    return found;
  }

  private static final Line TOO_LONG = new Line.Broken(Refusals.LINE_TOO_LONG);
  private static final Line BARE = new Line.Broken(Refusals.NOT_ENDED_BY_CRLF);

  @Test
  void lines_come_out_one_by_one_wherever_they_are_cut() {
    var expected = List.of(new Line.Whole("NOOP"), new Line.Whole(""), new Line.Whole("QUÏT"));
    assertEquals(expected, lines(BareNewline.REJECT, 512, "NOOP\r\n\r\nQUÏT\r\nREST"));
    assertEquals(expected, lines(BareNewline.REJECT, 512, "NO", "OP\r", "\n\r", "\nQUÏT\r\n"));
  }

  @Test
  void a_chunk_whose_line_is_broken_is_a_chunk_of_unknown_size() {
    var uncountable = new Line.Whole("BDAT");
    assertEquals(List.of(uncountable), lines(BareNewline.REJECT, 512, "bdat 5\n"));
    assertEquals(
        List.of(uncountable), lines(BareNewline.REJECT, 20, "BDAT 5 ", "x".repeat(30), "\r\n"));
    assertEquals(
        List.of(TOO_LONG), lines(BareNewline.REJECT, 20, "NOOP ", "BDAT ".repeat(30), "\r\n"));
  }

  @Test
  void a_bare_newline_makes_no_command() {
    assertEquals(
        List.of(BARE, BARE, new Line.Whole("QUIT")),
        lines(BareNewline.REJECT, 512, "NOOP\nNO\rOP\r\nQUIT\r\n"));
    assertEquals(
        List.of(new Line.Whole("NOOP"), BARE, new Line.Whole("QUIT")),
        lines(BareNewline.NORMALISE, 512, "NOOP\nNO\rOP\r\nQUIT\r\n"));
  }

  @Test
  void a_line_that_is_too_long_is_one_mistake_and_not_kept() {
    var line = "NOOP " + "x".repeat(505) + "\r\n";
    assertEquals(512, line.length());
    assertEquals(1, lines(BareNewline.REJECT, 512, line).size());
    assertEquals(List.of(new Line.Whole(line.strip())), lines(BareNewline.REJECT, 512, line));
    assertEquals(List.of(TOO_LONG), lines(BareNewline.REJECT, 511, line));
    assertEquals(
        List.of(TOO_LONG, new Line.Whole("QUIT")),
        lines(BareNewline.REJECT, 64, "x".repeat(100), "y".repeat(100), "z\r\nQUIT\r\n"));
  }
}
