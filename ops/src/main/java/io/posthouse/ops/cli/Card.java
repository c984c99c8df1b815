package io.posthouse.ops.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One thing, which an operator reads as lines of name and value and a script as a JSON object.
public final class Card {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /// Adds a field: a number, a boolean, a text, or a list of them.
  public Card with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /// Prints it in the form asked for.
  public void print(PrintWriter out, Format format) {
    switch (format) {
      case TABLE -> printLines(out);
      case JSON -> out.println(Json.object(named()));
    }
    out.flush();
  }

  private void printLines(PrintWriter out) {
    var width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    fields.forEach((name, value) ->
        out.println((name + " ".repeat(width - name.length()) + "  " + text(value)).strip()));
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
        : value.toString();
  }

  private Map<String, Object> named() {
    var named = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> named.put(name.replace(' ', '_'), value));
    return named;
  }
}
