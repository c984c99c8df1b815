package io.posthouse.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columns_are_as_wide_as_their_widest_cell_and_numbers_stand_right() {
    assertEquals(
        """
        uid  from               messages/s
          1  alice@example.net           7
         20  bob@example.net         12345
        """,
        printed(Format.TABLE).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void as_json_each_row_is_an_object_on_a_line_of_its_own() {
    assertEquals(
        """
        {"uid":1,"from":"alice@example.net","messages/s":7}
        {"uid":20,"from":"bob@example.net","messages/s":12345}
        """,
        printed(Format.JSON).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void what_json_forbids_in_a_text_is_escaped() {
    var table = new Table("subject");
    table.row("a \"b\" \\ \t\u0001 é");
    assertEquals(
        "{\"subject\":\"a \\\"b\\\" \\\\ \\t\\u0001 é\"}", print(table, Format.JSON).strip());
  }

  @Test
  void a_row_with_a_cell_too_many_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Table("one").row(1, 2));
  }

  private static String printed(Format format) {
    var table = new Table("uid", "from", "messages/s");
    table.row(1, "alice@example.net", 7);
    table.row(20, "bob@example.net", 12345);
    return print(table, format);
  }

  private static String print(Table table, Format format) {
    var printed = new StringWriter();
    table.print(new PrintWriter(printed), format);
    return printed.toString();
  }
}
