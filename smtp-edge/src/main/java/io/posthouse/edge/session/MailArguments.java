package io.posthouse.edge.session;

import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.smtp.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The parameters of MAIL and RCPT, as far as we offer them.
sealed interface MailArguments {
  record Understood(MailParameters parameters) implements MailArguments {}

  record Refused(Refusal refusal) implements MailArguments {}

  static MailArguments ofMail(List<Parameter> parameters, SessionRules rules) {
    if (parameters.isEmpty()) return new Understood(MailParameters.NONE);
    if (isAnyTwice(parameters)) return new Refused(Refusals.TWICE);
    var body = Body.SEVEN_BIT;
    for (var parameter : parameters) {
      var problem = problem(parameter, rules);
      if (problem.isPresent()) return new Refused(problem.get());
      if (parameter.keyword().equals("BODY")) body = body(parameter.value()).orElseThrow();
    }
    return new Understood(
        new MailParameters(body, false, Optional.empty(), Optional.empty(), false));
  }

  /// We offer nothing that gives RCPT a parameter.
  static Optional<Refusal> problemOfRcpt(List<Parameter> parameters) {
    return parameters.isEmpty()
        ? Optional.empty()
        : Optional.of(Refusals.unknownParameter(parameters.getFirst().keyword()));
  }

  private static Optional<Refusal> problem(Parameter parameter, SessionRules rules) {
    return switch (parameter.keyword()) {
      case "SIZE" -> sizeProblem(parameter.value(), rules);
      case "BODY" ->
          body(parameter.value()).isPresent()
              ? Optional.empty()
              : Optional.of(Refusals.badValue("BODY"));
      // Whoever vouches for the sender (RFC 4954 §5): we neither check nor pass on.
      case "AUTH" ->
          rules.kind().isSubmission()
              ? Optional.empty()
              : Optional.of(Refusals.unknownParameter("AUTH"));
      default -> Optional.of(Refusals.unknownParameter(parameter.keyword()));
    };
  }

  private static Optional<Refusal> sizeProblem(String digits, SessionRules rules) {
    // RFC 1870 §3 allows 20 digits, which a long does not hold.
    if (!digits.matches("[0-9]{1,20}")) return Optional.of(Refusals.badValue("SIZE"));
    var tooBig = digits.length() > 18 || Long.parseLong(digits) > rules.longestMessage();
    return tooBig ? Optional.of(Refusals.TOO_BIG) : Optional.empty();
  }

  private static Optional<Body> body(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "7BIT" -> Optional.of(Body.SEVEN_BIT);
      case "8BITMIME" -> Optional.of(Body.EIGHT_BIT_MIME);
      case "BINARYMIME" -> Optional.of(Body.BINARY_MIME);
      default -> Optional.empty();
    };
  }

  private static boolean isAnyTwice(List<Parameter> parameters) {
    var seen = new HashSet<String>();
    return parameters.stream().anyMatch(p -> !seen.add(p.keyword()));
  }
}
