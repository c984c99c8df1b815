package io.posthouse.edge.session;

import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.Xtext;
import io.posthouse.smtp.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The parameters of MAIL, as far as we offer them on a link.
record MailArguments(List<Parameter> parameters, SessionRules rules, Link link) {
  // RFC 3461 §4.4.
  private static final int LONGEST_ENVID = 100;
  private static final Pattern XTEXT = Pattern.compile("([!-*,-<>-~]|\\+[0-9A-F]{2})+");

  /// Why they are refused, if they are.
  Optional<Refusal> problem() {
    if (Parameters.isAnyTwice(parameters)) return Optional.of(Refusals.TWICE);
    return parameters.stream().flatMap(parameter -> problem(parameter).stream()).findFirst();
  }

  /// What they say, where there is no [#problem].
  MailParameters understood() {
    if (parameters.isEmpty()) return MailParameters.NONE;
    return new MailParameters(
        Parameters.value(parameters, "BODY").flatMap(MailArguments::body).orElse(Body.SEVEN_BIT),
        Parameters.isThere(parameters, "SMTPUTF8"),
        Parameters.value(parameters, "RET").flatMap(MailArguments::ret),
        Parameters.value(parameters, "ENVID"),
        Parameters.isThere(parameters, "REQUIRETLS"));
  }

  private Optional<Refusal> problem(Parameter parameter) {
    var value = parameter.value();
    return switch (parameter.keyword()) {
      case "SIZE" -> sizeProblem(value);
      case "BODY" -> Parameters.check(parameter, body(value).isPresent());
      case "SMTPUTF8" -> Parameters.check(parameter, value.isEmpty());
      case "RET" -> Parameters.check(parameter, ret(value).isPresent());
      case "ENVID" -> Parameters.check(parameter, isEnvelopeId(value));
      // Whoever spoke in the clear has required TLS too late (RFC 8689 §4.1).
      case "REQUIRETLS" ->
          link.secure() ? Parameters.check(parameter, value.isEmpty()) : unknown(parameter);
      // Whoever vouches for the sender (RFC 4954 §5): we neither check nor pass on.
      case "AUTH" -> rules.kind().isSubmission() ? Optional.empty() : unknown(parameter);
      default -> unknown(parameter);
    };
  }

  private static Optional<Refusal> unknown(Parameter parameter) {
    return Optional.of(Refusals.unknownParameter(parameter.keyword()));
  }

  private Optional<Refusal> sizeProblem(String digits) {
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

  private static Optional<Return> ret(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "FULL" -> Optional.of(Return.FULL);
      case "HDRS" -> Optional.of(Return.HEADERS);
      default -> Optional.empty();
    };
  }

  /// It will stand in a DSN's header, so nothing may hide in its encoding.
  private static boolean isEnvelopeId(String value) {
    return value.length() <= LONGEST_ENVID
        && XTEXT.matcher(value).matches()
        && Xtext.decode(value).chars().allMatch(c -> c >= ' ' && c < 127);
  }
}
