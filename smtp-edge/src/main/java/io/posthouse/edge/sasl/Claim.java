package io.posthouse.edge.sasl;

import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.Optional;

/// What a client says of itself, and is to be checked. Passwords, proofs and tokens are in none of
/// their texts.
public sealed interface Claim {
  SaslMechanism mechanism();

  /// Who the client says it is; empty where that is in a token only.
  Optional<String> user();

  /// Is this the user's password?
  record Password(SaslMechanism mechanism, String userName, String password) implements Claim {
    @Override
    public Optional<String> user() {
      return Optional.of(userName);
    }

    @Override
    public String toString() {
      return mechanism + " of " + userName;
    }
  }

  /// Is this a token of the user's?
  ///
  /// @param user who the client says it is of; the token has the last word
  record Token(SaslMechanism mechanism, Optional<String> user, String token) implements Claim {
    @Override
    public String toString() {
      return mechanism + " of " + user.orElse("somebody");
    }
  }

  /// With which keys is a proof of this user's to be checked? Answered by [Answer.Keys].
  record ScramName(Scram.Greeting greeting) implements Claim {
    /// What the client is asked to prove.
    public Turn.AskFor ask(Answer.Keys keys) {
      var asked = Scram.ask(greeting, keys);
      return new Turn.AskFor(asked.challenge(), new Exchange.ScramFinal(asked));
    }

    @Override
    public SaslMechanism mechanism() {
      return greeting.mechanism();
    }

    @Override
    public Optional<String> user() {
      return Optional.of(greeting.userName());
    }
  }

  /// Is this the user's proof? That is known already; it is to be noted.
  ///
  /// @param lastWord what a client that is right is told, so that it knows who we are
  record ScramProof(Scram.Asked asked, boolean right, Octets lastWord) implements Claim {
    @Override
    public SaslMechanism mechanism() {
      return asked.greeting().mechanism();
    }

    @Override
    public Optional<String> user() {
      return Optional.of(asked.greeting().userName());
    }

    @Override
    public String toString() {
      return mechanism() + " of " + asked.greeting().userName();
    }
  }
}
