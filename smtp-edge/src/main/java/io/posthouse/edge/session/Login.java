package io.posthouse.edge.session;

import static io.posthouse.edge.session.Step.go;
import static io.posthouse.edge.session.Step.object;
import static io.posthouse.edge.session.Step.refuse;
import static io.posthouse.edge.session.Step.say;

import io.posthouse.directory.Logins;
import io.posthouse.edge.session.Effect.CheckLogin;
import io.posthouse.edge.session.SessionState.BetweenChunks;
import io.posthouse.edge.session.SessionState.CheckingLogin;
import io.posthouse.edge.session.SessionState.Collecting;
import io.posthouse.edge.session.SessionState.Connected;
import io.posthouse.edge.session.SessionState.Listening;
import io.posthouse.edge.session.SessionState.LoggingIn;
import io.posthouse.edge.session.SessionState.Ready;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// AUTH (RFC 4954).
record Login(SessionRules rules) {
  Step begin(Listening state, String mechanism, String initialResponse) {
    if (!rules.kind().isSubmission()) return object(state, Refusals.NOT_OFFERED);
    if (!state.link().secure()) return refuse(state, Stage.AUTH, Refusals.TLS_FIRST);
    return switch (state) {
      case Connected _, Collecting _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Ready ready when !rules.offersLogin(ready.link()) ->
          object(ready, Refusals.BAD_SEQUENCE);
      case Ready ready ->
          Exchange.begin(mechanism, initialResponse)
              .map(turn -> follow(ready.peer(), turn))
              .orElseGet(() -> object(ready, Refusals.NO_SUCH_MECHANISM));
    };
  }

  Step hear(LoggingIn state, String line) {
    return follow(state.peer(), state.exchange().hear(line));
  }

  Step answer(CheckingLogin state, Logins.Login login) {
    var ready = new Ready(state.peer());
    return switch (login) {
      case Logins.Login.Welcome(var account) ->
          say(new Ready(state.peer().loggedIn(account)), Replies.LOGGED_IN);
      case Logins.Login.Wrong _ -> refuse(ready, Stage.AUTH, Refusals.LOGIN_WRONG);
      case Logins.Login.Unavailable _ -> refuse(ready, Stage.AUTH, Refusals.LOGIN_UNAVAILABLE);
    };
  }

  private static Step follow(Peer peer, Exchange.Turn turn) {
    return switch (turn) {
      case Exchange.Turn.AskFor(var prompt, var next) ->
          say(new LoggingIn(peer, next), Reply.plain(334, base64(prompt)));
      case Exchange.Turn.Complete(var credentials) ->
          go(new CheckingLogin(peer), new CheckLogin(credentials));
      case Exchange.Turn.Cancelled _ -> object(new Ready(peer), Refusals.LOGIN_CANCELLED);
      case Exchange.Turn.Unintelligible _ -> object(new Ready(peer), Refusals.LOGIN_UNINTELLIGIBLE);
    };
  }

  private static String base64(String prompt) {
    return Base64.getEncoder().encodeToString(prompt.getBytes(StandardCharsets.US_ASCII));
  }
}
