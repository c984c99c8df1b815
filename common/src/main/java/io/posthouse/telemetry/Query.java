package io.posthouse.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What follows the `?` of a page: `to=bob%40example.net&format=json`.
///
/// @param parameters by name; the last counts if one comes twice
public record Query(Map<String, String> parameters) {
  public Query {
    parameters = Map.copyOf(parameters);
  }

  /// Reads it as it stands in the address of a page. A plus is a plus, as RFC 3986 has it: mail
  /// addresses have them.
  ///
  /// @return empty if its percent signs are none
  public static Optional<Query> parse(@Nullable String raw) {
    var parameters = new HashMap<String, String>();
    try {
      for (var pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
        var nameAndValue = pair.split("=", 2);
        parameters.put(
            decoded(nameAndValue[0]), nameAndValue.length == 1 ? "" : decoded(nameAndValue[1]));
      }
      return Optional.of(new Query(parameters));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /// The value of a parameter, if it is there.
  public Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
