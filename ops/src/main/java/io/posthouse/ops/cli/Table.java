package io.posthouse.ops.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows an operator reads as columns and a script as JSON, one object a line.
public final class Table {
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  public Table(String... columns) {
    this.columns = List.of(columns);
  }

  /// Adds a row: numbers, booleans and texts, one a column.
  public void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "cells: " + cells.length + " (expected: " + columns.size() + ")");
    }
    rows.add(List.of(cells));
  }

  /// Prints all rows in the form asked for.
  public void print(PrintWriter out, Format format) {
    switch (format) {
      case TABLE -> printColumns(out);
      case JSON -> rows.forEach(row -> out.println(Json.object(named(row))));
    }
    out.flush();
  }

  private void printColumns(PrintWriter out) {
    var widths = columns.stream().mapToInt(String::length).toArray();
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++)
        widths[i] = Math.max(widths[i], text(row.get(i)).length());
    }
    out.println(line(List.copyOf(columns), widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<?> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var padding = " ".repeat(widths[i] - text(cells.get(i)).length());
      // Numbers are read from the right.
      line.append(
              cells.get(i) instanceof Number
                  ? padding + cells.get(i)
                  : text(cells.get(i)) + padding)
          .append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static String text(Object cell) {
    return cell.toString();
  }

  private Map<String, Object> named(List<Object> row) {
    var named = new LinkedHashMap<String, Object>();
    for (int i = 0; i < columns.size(); i++)
      named.put(columns.get(i).replace(' ', '_'), row.get(i));
    return named;
  }
}
