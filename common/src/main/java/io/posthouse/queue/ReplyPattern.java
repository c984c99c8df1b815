package io.posthouse.queue;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A part of what a host said: a text in any case, or a regular expression between slashes.
public final class ReplyPattern {
  private final String text;
  private final Pattern pattern;

  private ReplyPattern(String text) {
    this.text = text;
    pattern = compiled(text);
  }

  /// Reads `452 4.2.2` or `/quota|full/`; empty where nothing stands there, or a regular expression
  /// that is none.
  public static Optional<ReplyPattern> parse(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new ReplyPattern(text));
    } catch (PatternSyntaxException notAnExpression) {
      return Optional.empty();
    }
  }

  /// Whether it is found in what was said.
  public boolean matches(String said) {
    return pattern.matcher(said).find();
  }

  /// What [#parse] takes back.
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReplyPattern same && same.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Pattern compiled(String text) {
    var isExpression = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
    var flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    return isExpression
        ? Pattern.compile(text.substring(1, text.length() - 1), flags)
        : Pattern.compile(text, flags | Pattern.LITERAL);
  }
}
