package io.posthouse.smtp;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// An ESMTP parameter of MAIL or RCPT: a keyword, and a value that may be empty (RFC 5321 §4.1.2).
///
/// @param keyword in upper case
public record Parameter(String keyword, String value) {
  public Parameter {
    keyword = keyword.toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value.isEmpty() ? keyword : keyword + "=" + value;
  }

  static String tail(List<Parameter> parameters) {
    return parameters.stream().map(p -> " " + p).collect(Collectors.joining());
  }
}
