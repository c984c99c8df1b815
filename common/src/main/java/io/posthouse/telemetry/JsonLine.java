package io.posthouse.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// One JSON object in one line, whatever is put in: what would break the line, a terminal or UTF-8
/// is escaped or replaced, and what is too long is cut.
public final class JsonLine {
  private static final int LONGEST_TEXT = 4_000;
  private static final int LONGEST_LIST = 100;
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder line = new StringBuilder(512).append('{');

  /// Cut where it is longer than a line should be.
  public JsonLine text(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  /// A constant, in lower case.
  public JsonLine word(String key, Enum<?> value) {
    return text(key, value.name().toLowerCase(Locale.ROOT));
  }

  public JsonLine number(String key, long value) {
    key(key);
    line.append(value);
    return this;
  }

  public JsonLine truth(String key, boolean value) {
    key(key);
    line.append(value);
    return this;
  }

  /// Whole milliseconds.
  public JsonLine millis(String key, Duration value) {
    return number(key, value.toMillis());
  }

  /// The first hundred of them.
  public JsonLine texts(String key, List<String> values) {
    key(key);
    line.append('[');
    for (var value : values.subList(0, Math.min(values.size(), LONGEST_LIST))) {
      comma();
      quote(value);
    }
    line.append(']');
    return this;
  }

  /// What follows belongs to an object of its own, until [#close].
  public JsonLine open(String key) {
    key(key);
    line.append('{');
    return this;
  }

  public JsonLine close() {
    line.append('}');
    return this;
  }

  /// What follows are objects, each between [#item] and [#close], until [#closeList].
  public JsonLine openList(String key) {
    key(key);
    line.append('[');
    return this;
  }

  /// The next object of a list.
  public JsonLine item() {
    comma();
    line.append('{');
    return this;
  }

  public JsonLine closeList() {
    line.append(']');
    return this;
  }

  /// The line; call it once.
  public String end() {
    return line.append('}').toString();
  }

  private void key(String key) {
    comma();
    quote(key);
    line.append(':');
  }

  private void comma() {
    var last = line.charAt(line.length() - 1);
    if (last != '{' && last != '[') line.append(',');
  }

  private void quote(String value) {
    line.append('"');
    var end = Math.min(value.length(), LONGEST_TEXT);
    for (int i = 0; i < end; i++) {
      var c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(value.charAt(i + 1)))
        line.append(c).append(value.charAt(++i));
      else append(c);
    }
    line.append(end < value.length() ? "…\"" : "\"");
  }

  private void append(char c) {
    if (c == '"' || c == '\\') line.append('\\').append(c);
    else if (c == '\n') line.append("\\n");
    else if (c == '\r') line.append("\\r");
    else if (c == '\t') line.append("\\t");
    else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') escape(c);
    // Half a pair has no UTF-8.
    else line.append(Character.isSurrogate(c) ? '\ufffd' : c);
  }

  private void escape(char c) {
    line.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) line.append(HEX.charAt(c >> shift & 15));
  }
}
