package io.posthouse.edge.session;

import static io.posthouse.edge.session.Step.go;
import static io.posthouse.edge.session.Step.object;
import static io.posthouse.edge.session.Step.refuse;
import static io.posthouse.edge.session.Step.say;

import io.posthouse.directory.Account;
import io.posthouse.edge.sasl.Answer;
import io.posthouse.edge.sasl.Bearer;
import io.posthouse.edge.sasl.Claim;
import io.posthouse.edge.sasl.Exchange;
import io.posthouse.edge.sasl.Turn;
import io.posthouse.edge.session.Effect.CheckLogin;
import io.posthouse.edge.session.SessionState.BetweenChunks;
import io.posthouse.edge.session.SessionState.CheckingLogin;
import io.posthouse.edge.session.SessionState.Collecting;
import io.posthouse.edge.session.SessionState.Connected;
import io.posthouse.edge.session.SessionState.Listening;
import io.posthouse.edge.session.SessionState.LoggingIn;
import io.posthouse.edge.session.SessionState.Ready;
import io.posthouse.message.Octets;
import io.posthouse.smtp.Reply;
import io.posthouse.smtp.SaslMechanism;
import io.posthouse.telemetry.Stage;
import java.util.Base64;
import java.util.Optional;

/// AUTH (RFC 4954).
record Login(SessionRules rules) {
  Step begin(Listening state, String mechanism, String initialResponse) {
    if (!rules.kind().isSubmission()) return object(state, Refusals.NOT_OFFERED);
    if (!state.link().secure()) return refuse(state, Stage.AUTH, Refusals.TLS_FIRST);
    if (rules.needsCertificate(state.link()))
      return refuse(state, Stage.AUTH, Refusals.CERTIFICATE_FIRST);
    return switch (state) {
      case Connected _, Collecting _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Ready ready when !rules.offersLogin(ready.link()) ->
          object(ready, Refusals.BAD_SEQUENCE);
      case Ready ready ->
          SaslMechanism.named(mechanism)
              .filter(rules.mechanisms(ready.link())::contains)
              .map(offered -> begin(ready, offered, initialResponse))
              .orElseGet(() -> object(ready, Refusals.NO_SUCH_MECHANISM));
    };
  }

  Step hear(LoggingIn state, String line) {
    // RFC 4954 §4. To one who has been refused it is as good as any answer.
    if (line.equals("*") && !(state.exchange() instanceof Exchange.TokenRefused))
      return object(new Ready(state.peer()), Refusals.LOGIN_CANCELLED);
    return decode(line)
        .map(response -> follow(state.peer(), state.exchange().hear(response)))
        .orElseGet(() -> unintelligible(state.peer()));
  }

  Step answer(CheckingLogin state, Answer answer) {
    var peer = state.peer();
    return switch (answer) {
      case Answer.Welcome(var account) -> welcome(peer, state.claim(), account);
      case Answer.Keys keys -> ask(peer, state.claim(), keys);
      case Answer.Wrong _ -> wrong(peer, state.claim());
      case Answer.Unavailable(var incident) ->
          refuse(new Ready(peer), Stage.AUTH, Refusals.loginUnavailable(incident));
      case Answer.Blocked _ -> Protocol.hangUp(Stage.AUTH, Refusals.LOGIN_BLOCKED);
    };
  }

  private Step begin(Ready ready, SaslMechanism mechanism, String initialResponse) {
    var binding = rules.binding(ready.link());
    if (initialResponse.isEmpty())
      return follow(ready.peer(), Exchange.begin(mechanism, binding, Optional.empty()));
    // `=` stands for a response that is there and empty.
    return decode(initialResponse.equals("=") ? "" : initialResponse)
        .map(first -> follow(ready.peer(), Exchange.begin(mechanism, binding, Optional.of(first))))
        .orElseGet(() -> unintelligible(ready.peer()));
  }

  private static Step follow(Peer peer, Turn turn) {
    return switch (turn) {
      case Turn.AskFor(var challenge, var next) -> challenge(peer, challenge, next);
      case Turn.Check(var claim) -> go(new CheckingLogin(peer, claim), new CheckLogin(claim));
      case Turn.Proved(var account) -> say(new Ready(peer.loggedIn(account)), Replies.LOGGED_IN);
      case Turn.Failed _ -> refuse(new Ready(peer), Stage.AUTH, Refusals.LOGIN_WRONG);
      case Turn.Unintelligible _ -> unintelligible(peer);
    };
  }

  private static Step welcome(Peer peer, Claim claim, Account account) {
    return switch (claim) {
      // What a server says last has no place in 235 (RFC 4954 §4).
      case Claim.ScramProof proof ->
          challenge(peer, proof.lastWord(), new Exchange.ScramProved(account));
      case Claim.Password _, Claim.Token _, Claim.ScramName _ ->
          say(new Ready(peer.loggedIn(account)), Replies.LOGGED_IN);
    };
  }

  private static Step ask(Peer peer, Claim claim, Answer.Keys keys) {
    return switch (claim) {
      case Claim.ScramName name -> follow(peer, name.ask(keys));
      case Claim.Password _, Claim.Token _, Claim.ScramProof _ ->
          throw new IllegalStateException("keys for " + claim + " (expected: for a name)");
    };
  }

  private static Step wrong(Peer peer, Claim claim) {
    return switch (claim) {
      case Claim.Token token ->
          challenge(peer, Bearer.complaint(token.mechanism()), new Exchange.TokenRefused());
      case Claim.Password _ -> refuse(new Ready(peer), Stage.AUTH, Refusals.LOGIN_WRONG);
      // Said to all, as it tells nobody which users there are.
      case Claim.ScramName _, Claim.ScramProof _ ->
          refuse(new Ready(peer), Stage.AUTH, Refusals.PROOF_WRONG);
    };
  }

  private static Step challenge(Peer peer, Octets challenge, Exchange next) {
    var base64 = Base64.getEncoder().encodeToString(challenge.toArray());
    return say(new LoggingIn(peer, next), Reply.plain(334, base64));
  }

  private static Step unintelligible(Peer peer) {
    return object(new Ready(peer), Refusals.LOGIN_UNINTELLIGIBLE);
  }

  private static Optional<Octets> decode(String base64) {
    try {
      return Optional.of(Octets.of(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
