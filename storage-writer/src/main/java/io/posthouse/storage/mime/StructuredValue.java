package io.posthouse.storage.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A value with parameters, as in Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231).
/// Reads whatever it is given.
///
/// @param value without the parameters, in lower case
/// @param parameters by name in lower case, unquoted; pieces joined and percent signs decoded
public record StructuredValue(String value, Map<String, String> parameters) {
  public StructuredValue {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// What stands before the slash; all of it where there is none.
  public String type() {
    return value.split("/", 2)[0].strip();
  }

  /// What stands after the slash; empty where there is none.
  public String subtype() {
    var slash = value.indexOf('/');
    return slash < 0 ? "" : value.substring(slash + 1).strip();
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  static StructuredValue parse(String text) {
    var pieces = split(text);
    var parameters = new LinkedHashMap<String, StringBuilder>();
    for (var piece : pieces.subList(1, pieces.size())) {
      var equals = piece.indexOf('=');
      if (equals < 1) continue;
      var name = piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      ExtendedParameter.put(parameters, name, unquoted(piece.substring(equals + 1).strip()));
    }
    return new StructuredValue(
        pieces.getFirst().strip().toLowerCase(Locale.ROOT), ExtendedParameter.decoded(parameters));
  }

  /// At the semicolons outside quotes.
  private static List<String> split(String text) {
    var pieces = new ArrayList<String>();
    var piece = new StringBuilder();
    var quoted = false;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '"') quoted = !quoted;
      if (c == ';' && !quoted) {
        pieces.add(piece.toString());
        piece.setLength(0);
        continue;
      }
      piece.append(c);
      if (c == '\\' && quoted && i + 1 < text.length()) piece.append(text.charAt(++i));
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static String unquoted(String text) {
    if (!text.startsWith("\"")) return text;
    var plain = new StringBuilder();
    for (int i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
      // Before anything else it is a path of Windows.
      if (text.startsWith("\\\"", i) || text.startsWith("\\\\", i)) i++;
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }
}
