package io.posthouse.delivery.login;

import io.posthouse.delivery.routing.Login;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.Optional;

/// LOGIN: the user, then the password, whatever words the host asks with.
final class LoginWords implements Mechanism {
  private final Login login;
  private int asked;

  LoginWords(Login login) {
    this.login = login;
  }

  @Override
  public SaslMechanism name() {
    return SaslMechanism.LOGIN;
  }

  @Override
  public Optional<Octets> first() {
    return Optional.empty();
  }

  @Override
  public Octets answer(Octets challenge) throws Distrust {
    return switch (asked++) {
      case 0 -> Octets.utf8(login.user());
      case 1 -> Octets.utf8(login.password().text());
      default -> throw new Distrust("asks for more than a user and a password");
    };
  }

  @Override
  public boolean isSatisfied() {
    return true;
  }
}
