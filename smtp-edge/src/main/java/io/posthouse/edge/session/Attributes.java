package io.posthouse.edge.session;

import io.posthouse.message.Xtext;
import io.posthouse.smtp.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// How a host writes what it says of a client (XCLIENT, XFORWARD).
final class Attributes {
  static final Predicate<String> NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}").asMatchPredicate();
  // What could end or open something else in a trace line or a log is no name.
  static final Predicate<String> HELO =
      Pattern.compile("[!-~&&[^()<>@,;\\\\\"]]{1,255}").asMatchPredicate();

  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final Pattern UNKNOWN =
      Pattern.compile("\\[(UNAVAILABLE|TEMPUNAVAIL)]", Pattern.CASE_INSENSITIVE);

  private Attributes() {}

  /// Empty where the host does not know it.
  static Optional<String> decoded(Parameter attribute) {
    if (UNKNOWN.matcher(attribute.value()).matches()) return Optional.empty();
    var octets = Xtext.decode(attribute.value()).getBytes(StandardCharsets.ISO_8859_1);
    return Optional.of(new String(octets, StandardCharsets.UTF_8));
  }

  /// Empty if it cannot be one.
  static Optional<Integer> port(String text) {
    return Optional.of(text)
        .filter(PORT.asMatchPredicate())
        .map(Integer::valueOf)
        .filter(port -> port <= 65_535);
  }
}
