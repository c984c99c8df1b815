package io.posthouse.edge.session;

import io.posthouse.message.OriginalRecipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.smtp.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The parameters of RCPT, as far as we offer them (RFC 3461 §4.1, §4.2).
///
/// @param smtpUtf8 whether MAIL said so
record RcptArguments(List<Parameter> parameters, boolean smtpUtf8) {
  private static final int LONGEST_ORCPT = 500;
  // An address type and xtext (RFC 3461 §4.2); UTF-8 as it is by RFC 6533 §3.
  private static final Pattern ORCPT =
      Pattern.compile("[A-Za-z0-9.-]+;([!-*,-<>-~]|\\+[0-9A-F]{2}|[^\\x00-\\x7F])+");

  /// Why they are refused, if they are.
  Optional<Refusal> problem() {
    if (Parameters.isAnyTwice(parameters)) return Optional.of(Refusals.TWICE);
    return parameters.stream().flatMap(parameter -> problem(parameter).stream()).findFirst();
  }

  /// What they ask for, where there is no [#problem].
  RecipientWishes wishes() {
    if (parameters.isEmpty()) return RecipientWishes.NONE;
    return new RecipientWishes(
        Parameters.value(parameters, "NOTIFY").flatMap(RcptArguments::notifyOn).orElse(Set.of()),
        Parameters.value(parameters, "ORCPT"));
  }

  private Optional<Refusal> problem(Parameter parameter) {
    return switch (parameter.keyword()) {
      case "NOTIFY" -> Parameters.check(parameter, notifyOn(parameter.value()).isPresent());
      case "ORCPT" -> Parameters.check(parameter, isOriginalRecipient(parameter.value()));
      default -> Optional.of(Refusals.unknownParameter(parameter.keyword()));
    };
  }

  private static Optional<Set<Notify>> notifyOn(String value) {
    var on = EnumSet.noneOf(Notify.class);
    for (var word : value.toUpperCase(Locale.ROOT).split(",", -1)) {
      var one = notify(word);
      if (one.isEmpty() || !on.add(one.get())) return Optional.empty();
    }
    return on.contains(Notify.NEVER) && on.size() > 1 ? Optional.empty() : Optional.of(on);
  }

  private static Optional<Notify> notify(String word) {
    return switch (word) {
      case "NEVER" -> Optional.of(Notify.NEVER);
      case "SUCCESS" -> Optional.of(Notify.SUCCESS);
      case "FAILURE" -> Optional.of(Notify.FAILURE);
      case "DELAY" -> Optional.of(Notify.DELAY);
      default -> Optional.empty();
    };
  }

  /// It will stand in a DSN's header, so nothing may hide in its encoding.
  private boolean isOriginalRecipient(String value) {
    if (value.length() > LONGEST_ORCPT || !ORCPT.matcher(value).matches()) return false;
    var address = OriginalRecipient.parse(value).address();
    var isAscii = value.chars().allMatch(c -> c < 128);
    return (isAscii || smtpUtf8) && address.chars().noneMatch(Character::isISOControl);
  }
}
