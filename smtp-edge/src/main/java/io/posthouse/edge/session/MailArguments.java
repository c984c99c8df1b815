package io.posthouse.edge.session;

import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.smtp.Parameter;
import io.posthouse.smtp.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The parameters of MAIL and RCPT, as far as we offer them.
sealed interface MailArguments {
  record Understood(MailParameters parameters) implements MailArguments {}

  record Refused(Reply reply) implements MailArguments {}

  static MailArguments ofMail(List<Parameter> parameters, SessionRules rules) {
    if (parameters.isEmpty()) return new Understood(MailParameters.NONE);
    if (isAnyTwice(parameters)) return new Refused(Reply.of(501, "5.5.4", "Parameter given twice"));
    var body = Body.SEVEN_BIT;
    for (var parameter : parameters) {
      var problem = problem(parameter, rules);
      if (problem.isPresent()) return new Refused(problem.get());
      if (parameter.keyword().equals("BODY")) body = body(parameter.value()).orElseThrow();
    }
    return new Understood(new MailParameters(body, false, Optional.empty(), Optional.empty()));
  }

  /// We offer nothing that gives RCPT a parameter.
  static Optional<Reply> problemOfRcpt(List<Parameter> parameters) {
    return parameters.isEmpty()
        ? Optional.empty()
        : Optional.of(unknown(parameters.getFirst().keyword()));
  }

  private static Optional<Reply> problem(Parameter parameter, SessionRules rules) {
    return switch (parameter.keyword()) {
      case "SIZE" -> sizeProblem(parameter.value(), rules);
      case "BODY" -> body(parameter.value()).isPresent() ? Optional.empty() : bad("BODY");
      // Whoever vouches for the sender (RFC 4954 §5): we neither check nor pass on.
      case "AUTH" -> rules.kind().isSubmission() ? Optional.empty() : Optional.of(unknown("AUTH"));
      default -> Optional.of(unknown(parameter.keyword()));
    };
  }

  private static Optional<Reply> sizeProblem(String digits, SessionRules rules) {
    // RFC 1870 §3 allows 20 digits, which a long does not hold.
    if (!digits.matches("[0-9]{1,20}")) return bad("SIZE");
    var tooBig = digits.length() > 18 || Long.parseLong(digits) > rules.longestMessage();
    return tooBig ? Optional.of(Replies.TOO_BIG) : Optional.empty();
  }

  private static Optional<Body> body(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "7BIT" -> Optional.of(Body.SEVEN_BIT);
      case "8BITMIME" -> Optional.of(Body.EIGHT_BIT_MIME);
      default -> Optional.empty();
    };
  }

  private static boolean isAnyTwice(List<Parameter> parameters) {
    var seen = new HashSet<String>();
    return parameters.stream().anyMatch(p -> !seen.add(p.keyword()));
  }

  private static Optional<Reply> bad(String keyword) {
    return Optional.of(Reply.of(501, "5.5.4", "Bad value of " + keyword));
  }

  private static Reply unknown(String keyword) {
    return Reply.of(555, "5.5.4", "Unknown parameter " + keyword);
  }
}
