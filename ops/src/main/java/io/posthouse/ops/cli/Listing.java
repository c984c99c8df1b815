package io.posthouse.ops.cli;

import java.io.PrintWriter;
import java.util.List;

/// Rows that are printed as they come, so that any number of them needs no memory: as columns of
/// given widths, or as JSON, one object a line.
public final class Listing {
  private final PrintWriter out;
  private final Format format;
  private final List<Column> columns;
  private boolean begun;

  /// One column of the table.
  ///
  /// @param width longer texts push what follows to the right
  public record Column(String title, int width) {}

  public Listing(PrintWriter out, Format format, Column... columns) {
    this.out = out;
    this.format = format;
    this.columns = List.of(columns);
  }

  /// Prints a row: its cells in a table, its card in JSON.
  public void row(Card card, Object... cells) {
    switch (format) {
      case JSON -> card.print(out, Format.JSON);
      case TABLE -> printRow(cells);
    }
  }

  /// Says that there are no more rows: a table of none has its titles all the same.
  public void end() {
    switch (format) {
      case JSON -> {}
      case TABLE -> begin();
    }
    out.flush();
  }

  private void printRow(Object... cells) {
    begin();
    print(cells);
  }

  private void begin() {
    if (!begun) print(columns.stream().map(Column::title).toArray());
    begun = true;
  }

  private void print(Object... cells) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      var width = columns.get(i).width();
      // Numbers are read from the right.
      var form = cells[i] instanceof Number ? "%" + width + "s" : "%-" + width + "s";
      line.append(form.formatted(cells[i])).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }
}
