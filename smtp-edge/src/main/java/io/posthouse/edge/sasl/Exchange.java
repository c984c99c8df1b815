package io.posthouse.edge.sasl;

import io.posthouse.directory.Account;
import io.posthouse.edge.sasl.Claim.Password;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.Optional;

/// How far an AUTH exchange is: which of the client's responses comes next.
public sealed interface Exchange {
  /// PLAIN (RFC 4616): user name and password in one.
  record PlainResponse() implements Exchange {}

  record LoginUserName() implements Exchange {}

  record LoginPassword(String userName) implements Exchange {}

  /// XOAUTH2 or OAUTHBEARER: a token, and perhaps whose.
  record TokenResponse(SaslMechanism mechanism) implements Exchange {}

  /// The client was told why its token is no good, and says that it has heard it (RFC 7628 §3.2.3).
  record TokenRefused() implements Exchange {}

  /// SCRAM: user name and nonce.
  record ScramFirst(Binding binding) implements Exchange {}

  /// SCRAM: the proof.
  record ScramFinal(Scram.Asked asked) implements Exchange {}

  /// SCRAM: the client has heard that we know its password, too, and says nothing.
  record ScramProved(Account account) implements Exchange {}

  /// The first step of a mechanism; a response that is not there yet is asked for.
  ///
  /// @param binding what the client's TLS connection is known by
  static Turn begin(SaslMechanism mechanism, Binding binding, Optional<Octets> initialResponse) {
    return switch (mechanism) {
      case PLAIN -> begin(new PlainResponse(), "", initialResponse);
      case LOGIN -> begin(new LoginUserName(), "Username:", initialResponse);
      case SCRAM_SHA_256 -> begin(new ScramFirst(binding.notUsed()), "", initialResponse);
      case SCRAM_SHA_256_PLUS -> begin(new ScramFirst(binding), "", initialResponse);
      case XOAUTH2, OAUTHBEARER -> begin(new TokenResponse(mechanism), "", initialResponse);
    };
  }

  /// What the client's response means.
  default Turn hear(Octets response) {
    return switch (this) {
      case PlainResponse _ ->
          Text.of(response).map(Exchange::plain).orElseGet(Turn.Unintelligible::new);
      case LoginUserName _ ->
          Text.of(response)
              .filter(Exchange::isName)
              .<Turn>map(name -> new Turn.AskFor(Octets.utf8("Password:"), new LoginPassword(name)))
              .orElseGet(Turn.Unintelligible::new);
      case LoginPassword(var userName) ->
          Text.of(response)
              .filter(password -> password.indexOf('\0') < 0)
              .map(password -> claim(SaslMechanism.LOGIN, userName, password))
              .orElseGet(Turn.Unintelligible::new);
      case TokenResponse(var mechanism) -> Bearer.parse(mechanism, response);
      case TokenRefused _ -> new Turn.Failed();
      case ScramFirst(var binding) -> Scram.first(binding, response);
      case ScramFinal(var asked) -> Scram.last(asked, response);
      case ScramProved(var account) ->
          response.length() == 0 ? new Turn.Proved(account) : new Turn.Unintelligible();
    };
  }

  private static Turn begin(Exchange first, String prompt, Optional<Octets> initialResponse) {
    return initialResponse
        .map(first::hear)
        .orElseGet(() -> new Turn.AskFor(Octets.utf8(prompt), first));
  }

  /// authorization identity NUL user name NUL password; we act for nobody else, so the first is
  /// empty or the second.
  private static Turn plain(String message) {
    var parts = message.split("\0", -1);
    if (parts.length != 3 || !isName(parts[1])) return new Turn.Unintelligible();
    if (!parts[0].isEmpty() && !parts[0].equals(parts[1])) return new Turn.Unintelligible();
    return claim(SaslMechanism.PLAIN, parts[1], parts[2]);
  }

  private static Turn claim(SaslMechanism mechanism, String userName, String password) {
    return new Turn.Check(new Password(mechanism, userName, password));
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.indexOf('\0') < 0;
  }
}
