package io.posthouse.delivery.shaping;

/// One limit, and who says so.
///
/// @param origin `default`, or the rule or key and where it was written
public record Limit<T>(T value, String origin) {
  static final String DEFAULT = "default";

  /// Nobody said anything else.
  static <T> Limit<T> byDefault(T value) {
    return new Limit<>(value, DEFAULT);
  }

  /// What a key of the settings says.
  ///
  /// @param written where, or `default`
  public static <T> Limit<T> of(T value, String key, String written) {
    return new Limit<>(value, written.equals(DEFAULT) ? DEFAULT : key + ", " + written);
  }

  @Override
  public String toString() {
    return value + " (" + origin + ")";
  }
}
