package io.posthouse.ops.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Just enough JSON to print rows of numbers, booleans, texts and lists of them.
final class Json {
  private Json() {}

  static String object(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .map(field -> text(field.getKey()) + ":" + value(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return switch (value) {
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case List<?> list ->
          list.stream()
              .map(element -> value((Object) element))
              .collect(Collectors.joining(",", "[", "]"));
      default -> text(value.toString());
    };
  }

  private static String text(String text) {
    var quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    };
  }
}
