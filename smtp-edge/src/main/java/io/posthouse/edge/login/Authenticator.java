package io.posthouse.edge.login;

import io.posthouse.directory.Logins;
import io.posthouse.directory.Logins.Login;
import io.posthouse.edge.login.TokenVerifier.Verdict;
import io.posthouse.edge.sasl.Answer;
import io.posthouse.edge.sasl.Claim;
import io.posthouse.lifecycle.AtMost;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.tally.Tallies;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.LoginResult;
import io.posthouse.telemetry.MailEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// Finds out whether a client is who it says. Waits; ask on a virtual thread.
///
/// A client has an answer within five seconds, whatever hangs. Our own trouble is never held
/// against it: it is told an incident, which the event has, too.
public final class Authenticator {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int NONCE_OCTETS = 18;
  private static final String LETTERS = "abcdefghjkmnpqrstvwxyz0123456789";
  private static final int INCIDENT_LETTERS = 8;

  private final Logins logins;
  private final Optional<TokenVerifier> tokens;
  private final List<String> scopes;
  private final LoginGuard guard;
  private final Events events;
  private final Duration patience;
  private final SecureRandom random = new SecureRandom();

  Authenticator(
      Logins logins,
      Optional<TokenVerifier> tokens,
      List<String> scopes,
      LoginGuard guard,
      Events events,
      Duration patience) {
    this.logins = logins;
    this.tokens = tokens;
    this.scopes = List.copyOf(scopes);
    this.guard = guard;
    this.events = events;
    this.patience = patience;
  }

  /// As the settings say.
  ///
  /// @throws CannotStartException if there is no such verifier of tokens
  public static Authenticator of(
      LoginSettings settings, Logins logins, Tallies tallies, Events events) {
    return new Authenticator(
        logins,
        settings.oauth().map(Authenticator::verifier),
        settings.oauth().map(OAuthSettings::scopes).orElse(List.of()),
        new LoginGuard(settings.guessing(), tallies),
        events,
        PATIENCE);
  }

  private static TokenVerifier verifier(OAuthSettings settings) {
    return ServiceLoader.load(TokenVerifier.Maker.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(maker -> maker.name().equals(settings.verifier()))
        .findFirst()
        .map(maker -> maker.make(settings))
        .orElseThrow(() ->
            new CannotStartException(
                "no verifier of tokens %s (see edge.auth.oauth.verifier)"
                    .formatted(settings.verifier())));
  }

  /// What we found out, in words of ours.
  private sealed interface Finding {
    record Right(Login.Welcome welcome) implements Finding {}

    record Keys(Answer.Keys keys) implements Finding {}

    record Wrong() implements Finding {}

    record Unknown(String why) implements Finding {}

    record Blocked() implements Finding {}
  }

  public Answer check(Claim claim, MailEvent.Peer peer) {
    var name = claim.user().orElse("");
    var finding =
        AtMost.of(patience, () -> find(claim, peer, name))
            .orElseGet(
                () -> new Finding.Unknown("no answer within " + patience.toMillis() + " ms"));
    return switch (finding) {
      case Finding.Right(var welcome) -> welcome(claim, peer, name, welcome);
      case Finding.Keys(var keys) -> keys;
      case Finding.Wrong _ -> wrong(claim, peer, name);
      case Finding.Unknown(var why) -> unavailable(claim, peer, name, why);
      case Finding.Blocked _ -> {
        tell(LoginResult.BLOCKED, claim, peer, name);
        yield new Answer.Blocked();
      }
    };
  }

  /// The user of this name, whom a host that we trust has checked.
  public Login named(String userName) {
    return AtMost.of(PATIENCE, () -> logins.named(userName))
        .orElseGet(() -> new Login.Unavailable("no answer within " + PATIENCE.toSeconds() + " s"));
  }

  private Finding find(Claim claim, MailEvent.Peer peer, String name) {
    if (guard.blocks(peer.address(), name)) return new Finding.Blocked();
    return switch (claim) {
      case Claim.Password password ->
          finding(logins.check(password.userName(), password.password()));
      case Claim.ScramName _ -> keys(name);
      case Claim.ScramProof proof -> proof(proof, name);
      case Claim.Token token -> token(token);
    };
  }

  private Finding keys(String name) {
    return switch (logins.scram(name)) {
      case Logins.Scram.Keys(var keys, var account) ->
          new Finding.Keys(new Answer.Keys(keys, Optional.of(account), nonce()));
      case Logins.Scram.Decoy(var keys) ->
          new Finding.Keys(new Answer.Keys(keys, Optional.empty(), nonce()));
      case Logins.Scram.Unavailable(var why) -> new Finding.Unknown(why);
    };
  }

  /// Who was disabled since the keys were found does not come in.
  private Finding proof(Claim.ScramProof proof, String name) {
    return proof.right() ? finding(logins.named(name)) : new Finding.Wrong();
  }

  private Finding token(Claim.Token claim) {
    if (tokens.isEmpty()) return new Finding.Unknown("no verifier of tokens");
    return switch (tokens.get().verify(claim.token())) {
      case Verdict.Unknown(var why) -> new Finding.Unknown(why);
      case Verdict.Bad _ -> new Finding.Wrong();
      case Verdict.Good(_, var has) when !has.containsAll(scopes) -> new Finding.Wrong();
      case Verdict.Good(var owner, _) -> owner(owner, claim);
    };
  }

  /// A token is for its own user only, whoever the client says it is.
  private Finding owner(String owner, Claim.Token claim) {
    var login = finding(logins.named(owner));
    if (claim.user().isEmpty() || !(login instanceof Finding.Right right)) return login;
    var said = finding(logins.named(claim.user().get()));
    return switch (said) {
      case Finding.Right(var other)
          when other.account().id().equals(right.welcome().account().id()) ->
          right;
      case Finding.Unknown unknown -> unknown;
      case Finding.Right _, Finding.Keys _, Finding.Wrong _, Finding.Blocked _ ->
          new Finding.Wrong();
    };
  }

  private static Finding finding(Login login) {
    return switch (login) {
      case Login.Welcome welcome -> new Finding.Right(welcome);
      case Login.Wrong _ -> new Finding.Wrong();
      case Login.Unavailable(var why) -> new Finding.Unknown(why);
    };
  }

  private Answer welcome(Claim claim, MailEvent.Peer peer, String name, Login.Welcome welcome) {
    var account = welcome.account();
    guard.right(peer.address(), name.isEmpty() ? account.name() : name);
    tell(LoginResult.OK, claim, peer, name.isEmpty() ? account.name() : name);
    return new Answer.Welcome(account);
  }

  private Answer wrong(Claim claim, MailEvent.Peer peer, String name) {
    guard.wrong(peer.address(), name, secret(claim));
    tell(LoginResult.WRONG, claim, peer, name);
    return new Answer.Wrong();
  }

  private Answer unavailable(Claim claim, MailEvent.Peer peer, String name, String why) {
    var incident = incident();
    events.record(
        new MailEvent.LoginTried(
            LoginResult.UNAVAILABLE,
            claim.mechanism(),
            peer,
            name,
            Optional.of(incident),
            Optional.of(why)));
    return new Answer.Unavailable(incident);
  }

  private void tell(LoginResult result, Claim claim, MailEvent.Peer peer, String name) {
    events.record(
        new MailEvent.LoginTried(
            result, claim.mechanism(), peer, name, Optional.empty(), Optional.empty()));
  }

  private static String secret(Claim claim) {
    return switch (claim) {
      case Claim.Password password -> password.password();
      case Claim.Token token -> token.token();
      case Claim.ScramName _, Claim.ScramProof _ -> "";
    };
  }

  private String nonce() {
    var octets = new byte[NONCE_OCTETS];
    random.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }

  /// Short enough to be read out on the telephone.
  private String incident() {
    return random
        .ints(INCIDENT_LETTERS, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }
}
