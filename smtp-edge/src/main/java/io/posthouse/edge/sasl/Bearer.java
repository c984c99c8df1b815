package io.posthouse.edge.sasl;

import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// OAUTHBEARER (RFC 7628 §3.1) and XOAUTH2: messages that hand a bearer token over, as a header and
/// pairs of a key and a value, each ended by an octet 1, with one more at the end.
public final class Bearer {
  private static final String SEPARATOR = "\u0001";
  private static final Pattern OAUTHBEARER = Pattern.compile("[ny],(?:a=(?<user>[^,]+))?,");
  private static final Pattern XOAUTH2 = Pattern.compile("user=(?<user>.+)");
  private static final Pattern TOKEN =
      Pattern.compile("auth=bearer +([a-z0-9._~+/=-]+)", Pattern.CASE_INSENSITIVE);

  private Bearer() {}

  /// What the response means.
  static Turn parse(SaslMechanism mechanism, Octets response) {
    var parts = List.of(Text.of(response).orElse("").split(SEPARATOR, -1));
    var header =
        (mechanism == SaslMechanism.XOAUTH2 ? XOAUTH2 : OAUTHBEARER).matcher(parts.getFirst());
    if (!header.matches() || !endsTwice(parts)) return new Turn.Unintelligible();
    var user = Optional.ofNullable(header.group("user")).map(Bearer::name);
    return parts.stream()
        .map(TOKEN::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .<Turn>map(token -> new Turn.Check(new Claim.Token(mechanism, user, token.group(1))))
        .orElseGet(Turn.Unintelligible::new);
  }

  /// What a client is told whose token is no good (RFC 7628 §3.2.2).
  public static Octets complaint(SaslMechanism mechanism) {
    return Octets.utf8(
        mechanism == SaslMechanism.XOAUTH2
            ? "{\"status\":\"400\",\"schemes\":\"Bearer\"}"
            : "{\"status\":\"invalid_token\"}");
  }

  private static boolean endsTwice(List<String> parts) {
    var size = parts.size();
    return size > 2 && parts.get(size - 1).isEmpty() && parts.get(size - 2).isEmpty();
  }

  private static String name(String escaped) {
    return escaped.replace("=2C", ",").replace("=3D", "=");
  }
}
