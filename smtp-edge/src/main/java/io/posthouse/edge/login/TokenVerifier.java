package io.posthouse.edge.login;

import java.util.Set;

/// Says whether a bearer token is good, and whose it is. From many threads at a time; may wait, but
/// not for longer than some seconds.
public interface TokenVerifier {
  Verdict verify(String token);

  sealed interface Verdict {
    /// It is good.
    ///
    /// @param userName a user name or an address, as the directory has it
    /// @param scopes what the token may be used for
    record Good(String userName, Set<String> scopes) implements Verdict {
      public Good {
        scopes = Set.copyOf(scopes);
      }
    }

    /// Made up, expired, revoked, or for something else.
    record Bad() implements Verdict {}

    /// Nobody could say: never held against the client.
    record Unknown(String why) implements Verdict {}
  }

  /// What makes a verifier, found by [java.util.ServiceLoader].
  interface Maker {
    /// As in `edge.auth.oauth.verifier`.
    String name();

    TokenVerifier make(OAuthSettings settings);
  }
}
