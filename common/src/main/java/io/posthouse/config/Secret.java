package io.posthouse.config;

import java.util.regex.Pattern;

/// A text that is never shown: not in the effective settings, not in a log line, not in a record's
/// `toString`.
///
/// @param text the secret itself
/// @param shown what stands in its place wherever people look
public record Secret(String text, String shown) {
  private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

  /// A secret of which nothing is shown.
  public static Secret of(String text) {
    return new Secret(text, "***");
  }

  /// An address whose user and password are secret, and the rest is not.
  public static Secret uri(String text) {
    return new Secret(text, USER_INFO.matcher(text).replaceFirst("//***@"));
  }

  @Override
  public String toString() {
    return shown;
  }
}
