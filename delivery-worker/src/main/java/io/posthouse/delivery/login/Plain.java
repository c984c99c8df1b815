package io.posthouse.delivery.login;

import io.posthouse.delivery.routing.Login;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.Optional;

/// RFC 4616.
record Plain(Login login) implements Mechanism {
  @Override
  public SaslMechanism name() {
    return SaslMechanism.PLAIN;
  }

  @Override
  public Optional<Octets> first() {
    return Optional.of(message());
  }

  /// Asked once where the host does not take it with AUTH.
  @Override
  public Octets answer(Octets challenge) {
    return message();
  }

  @Override
  public boolean isSatisfied() {
    return true;
  }

  private Octets message() {
    return Octets.utf8("\0" + login.user() + "\0" + login.password().text());
  }
}
