package io.posthouse.delivery.login;

import io.posthouse.delivery.routing.Login;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.Optional;
import java.util.Set;

/// One login under way: what we answer to what the host asks. Used once, by one thread.
public sealed interface Mechanism permits Plain, LoginWords, Scram {
  /// What it is called.
  SaslMechanism name();

  /// What we say without being asked, if the mechanism begins so.
  Optional<Octets> first();

  /// What we answer.
  ///
  /// @throws Distrust if this host is none that we say anything more to
  Octets answer(Octets challenge) throws Distrust;

  /// Whether the host may let us in now. One that must prove that it knows us, and has not, may be
  /// anybody.
  boolean isSatisfied();

  /// The best of the mechanisms that a host offers; empty where we know none of them.
  ///
  /// @param nonce random, for the one that needs it
  static Optional<Mechanism> of(Login login, Set<SaslMechanism> offered, String nonce) {
    if (offered.contains(SaslMechanism.SCRAM_SHA_256)) return Optional.of(new Scram(login, nonce));
    if (offered.contains(SaslMechanism.PLAIN)) return Optional.of(new Plain(login));
    if (offered.contains(SaslMechanism.LOGIN)) return Optional.of(new LoginWords(login));
    return Optional.empty();
  }

  /// The host does not keep to the mechanism, or does not know the password it asks for.
  final class Distrust extends Exception {
    private static final long serialVersionUID = 1;

    Distrust(String why) {
      super(why);
    }
  }
}
