package io.posthouse.edge.login;

import java.time.InstantSource;

/// What `verifier: introspection` in the settings means.
public final class IntrospectionMaker implements TokenVerifier.Maker {
  @Override
  public String name() {
    return "introspection";
  }

  @Override
  public TokenVerifier make(OAuthSettings settings) {
    return new Introspection(settings, InstantSource.system());
  }
}
