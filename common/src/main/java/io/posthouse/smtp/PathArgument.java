package io.posthouse.smtp;

import io.posthouse.address.Domain;
import io.posthouse.address.ForwardPath;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What follows MAIL or RCPT: a path and its parameters (RFC 5321 §4.1.2), taken apart but for what
/// is between the brackets.
///
/// @param path without its brackets and without a source route
/// @param parameters as far as they could be read
record PathArgument(String path, List<Parameter> parameters, boolean hasReadableParameters) {
  /// The argument after `keyword`, such as `FROM:`; empty where no path can be made out.
  static Optional<PathArgument> parse(String keyword, String arguments) {
    if (!arguments.regionMatches(true, 0, keyword, 0, keyword.length())) return Optional.empty();
    var rest = arguments.substring(keyword.length()).stripLeading();
    var end = endOfPath(rest);
    if (end <= 0 || (end < rest.length() && rest.charAt(end) != ' ')) return Optional.empty();
    var bracketed = rest.startsWith("<");
    return withoutRoute(bracketed ? rest.substring(1, end - 1) : rest.substring(0, end))
        .map(path -> withParameters(path, rest.substring(end)));
  }

  boolean isBeyondAscii() {
    return path.chars().anyMatch(c -> c >= 128);
  }

  Optional<ReversePath> reversePath() {
    if (path.isEmpty()) return Optional.of(new ReversePath.Null());
    return MailAddress.parse(path).map(ReversePath.Sender::new);
  }

  Optional<ForwardPath> forwardPath() {
    if (path.equalsIgnoreCase("postmaster")) return Optional.of(new ForwardPath.Postmaster());
    return MailAddress.parse(path).map(ForwardPath.Mailbox::new);
  }

  private static PathArgument withParameters(String path, String text) {
    if (text.isBlank()) return new PathArgument(path, List.of(), true);
    var parameters = new ArrayList<Parameter>();
    for (var word : text.strip().split(" +", -1)) {
      var equals = word.indexOf('=');
      var keyword = equals < 0 ? word : word.substring(0, equals);
      var value = equals < 0 ? "" : word.substring(equals + 1);
      if (!isKeyword(keyword) || (equals >= 0 && !isValue(value))) {
        return new PathArgument(path, parameters, false);
      }
      parameters.add(new Parameter(keyword, value));
    }
    return new PathArgument(path, parameters, true);
  }

  /// The place behind the path, or -1: a `>` in a quoted local part does not end it.
  private static int endOfPath(String text) {
    var closing = text.startsWith("<") ? '>' : ' ';
    var quoted = false;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quoted && c == '\\') i++;
      else if (c == '"') quoted = !quoted;
      else if (c == closing && !quoted) return closing == '>' ? i + 1 : i;
    }
    return closing == '>' || quoted ? -1 : text.length();
  }

  /// Source routes are to be understood and ignored (RFC 5321 §4.1.1.3, appendix C).
  private static Optional<String> withoutRoute(String path) {
    if (!path.startsWith("@")) return Optional.of(path);
    var colon = path.indexOf(':');
    if (colon < 0) return Optional.empty();
    for (var hop : path.substring(0, colon).split(",", -1)) {
      if (!hop.startsWith("@") || Domain.parse(hop.substring(1)).isEmpty()) return Optional.empty();
    }
    return Optional.of(path.substring(colon + 1));
  }

  private static boolean isKeyword(String text) {
    if (text.isEmpty() || text.startsWith("-")) return false;
    return text.chars().allMatch(c -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  private static boolean isValue(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != '=');
  }
}
