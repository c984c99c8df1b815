package io.posthouse.ops.trace;

import io.posthouse.ops.cli.Format;
import io.posthouse.ops.cli.Table;
import java.io.PrintWriter;
import java.util.List;

/// Prints lives: to an operator one after the other, to a script the lines of the events as they
/// are.
final class LifePrinter {
  private final PrintWriter out;
  private final Format format;

  LifePrinter(PrintWriter out, Format format) {
    this.out = out;
    this.format = format;
  }

  void print(Life life) {
    if (!life.refusals().isEmpty()) print("refused", life.refusals());
    life.messages().forEach((id, events) -> print(id.text(), events));
    if (!life.perhaps().isEmpty()) printPerhaps(life.perhaps());
    out.flush();
  }

  private void printPerhaps(List<EventLine> accepted) {
    switch (format) {
      case JSON -> accepted.forEach(event -> out.println(event.json()));
      case TABLE -> {
        out.println("perhaps");
        var table = new Table("at", "queue id", "from", "recipients");
        accepted.forEach(event ->
            table.row(
                event.text("at"),
                event.text("queue_id"),
                event.text("from"),
                event.recipientCount()));
        table.print(out, Format.TABLE);
      }
    }
  }

  private void print(String title, List<EventLine> events) {
    switch (format) {
      case JSON -> events.forEach(event -> out.println(event.json()));
      case TABLE -> {
        out.println(title);
        var table = new Table("at", "node", "event", "what");
        events.forEach(event ->
            table.row(event.text("at"), event.text("node"), event.text("event"), event.rest()));
        table.print(out, Format.TABLE);
        out.println();
      }
    }
  }
}
