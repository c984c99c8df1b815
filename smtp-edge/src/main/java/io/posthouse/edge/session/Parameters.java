package io.posthouse.edge.session;

import io.posthouse.smtp.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What holds for the parameters of MAIL and of RCPT alike.
final class Parameters {
  private Parameters() {}

  static boolean isAnyTwice(List<Parameter> parameters) {
    var seen = new HashSet<String>();
    return parameters.stream().anyMatch(p -> !seen.add(p.keyword()));
  }

  static boolean isThere(List<Parameter> parameters, String keyword) {
    return value(parameters, keyword).isPresent();
  }

  /// The value of a parameter that is there.
  static Optional<String> value(List<Parameter> parameters, String keyword) {
    return parameters.stream()
        .filter(parameter -> parameter.keyword().equals(keyword))
        .map(Parameter::value)
        .findFirst();
  }

  static Optional<Refusal> check(Parameter parameter, boolean good) {
    return good ? Optional.empty() : Optional.of(Refusals.badValue(parameter.keyword()));
  }
}
