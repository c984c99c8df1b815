package io.posthouse.edge.session;

import static io.posthouse.edge.session.Step.answerContent;
import static io.posthouse.edge.session.Step.go;
import static io.posthouse.edge.session.Step.object;
import static io.posthouse.edge.session.Step.refuse;
import static io.posthouse.edge.session.Step.refuseContent;
import static io.posthouse.edge.session.Step.say;
import static io.posthouse.edge.session.Step.stay;

import io.posthouse.edge.session.Effect.Close;
import io.posthouse.edge.session.Effect.Enqueue;
import io.posthouse.edge.session.Effect.ReceiveContent;
import io.posthouse.edge.session.Effect.Refuse;
import io.posthouse.edge.session.Effect.Say;
import io.posthouse.edge.session.Input.AuthLine;
import io.posthouse.edge.session.Input.ChunkEnded;
import io.posthouse.edge.session.Input.ChunkRefused;
import io.posthouse.edge.session.Input.ContentEnded;
import io.posthouse.edge.session.Input.ContentRefused;
import io.posthouse.edge.session.Input.Flooded;
import io.posthouse.edge.session.Input.Heard;
import io.posthouse.edge.session.Input.Introduced;
import io.posthouse.edge.session.Input.LoginChecked;
import io.posthouse.edge.session.Input.NoRoom;
import io.posthouse.edge.session.Input.NotIntroduced;
import io.posthouse.edge.session.Input.NotQueued;
import io.posthouse.edge.session.Input.Opened;
import io.posthouse.edge.session.Input.Queued;
import io.posthouse.edge.session.Input.RecipientResolved;
import io.posthouse.edge.session.Input.RoomFound;
import io.posthouse.edge.session.Input.SenderVetted;
import io.posthouse.edge.session.Input.SlippedIn;
import io.posthouse.edge.session.Input.SpokeFirst;
import io.posthouse.edge.session.Input.Stop;
import io.posthouse.edge.session.Input.TimedOut;
import io.posthouse.edge.session.Input.TlsEstablished;
import io.posthouse.edge.session.Input.Unreadable;
import io.posthouse.edge.session.SessionState.Arriving;
import io.posthouse.edge.session.SessionState.CheckingLogin;
import io.posthouse.edge.session.SessionState.Closed;
import io.posthouse.edge.session.SessionState.Collecting;
import io.posthouse.edge.session.SessionState.Connected;
import io.posthouse.edge.session.SessionState.Discarding;
import io.posthouse.edge.session.SessionState.HandingOver;
import io.posthouse.edge.session.SessionState.Introducing;
import io.posthouse.edge.session.SessionState.Listening;
import io.posthouse.edge.session.SessionState.LoggingIn;
import io.posthouse.edge.session.SessionState.Opening;
import io.posthouse.edge.session.SessionState.OpeningChunk;
import io.posthouse.edge.session.SessionState.Ready;
import io.posthouse.edge.session.SessionState.Receiving;
import io.posthouse.edge.session.SessionState.Resolving;
import io.posthouse.edge.session.SessionState.Securing;
import io.posthouse.edge.session.SessionState.TakingChunk;
import io.posthouse.edge.session.SessionState.Vetting;
import io.posthouse.telemetry.Stage;
import java.util.Optional;

/// Which input may follow which, and what it leads to: the whole of the server's side of SMTP and
/// LMTP. How a command is answered is with [Commands].
record Protocol(SessionRules rules, Commands commands, Chunks chunks, Login login) {
  private record Turn(SessionState state, Input input) {}

  Protocol(SessionRules rules) {
    this(rules, new Commands(rules), new Chunks(rules), new Login(rules));
  }

  Step step(SessionState state, Input input) {
    return switch (new Turn(state, input)) {
      case Turn(Arriving(var link), Opened _) -> say(new Connected(link), Replies.greeting(rules));
      // RFC 5321 §3.1: a client waits for the greeting. One that does not has nothing to hear.
      case Turn(Arriving _, SpokeFirst _) -> hangUp(Stage.CONNECT, Refusals.SPOKE_FIRST);
      case Turn(Listening listening, Heard(var command)) -> commands.answer(listening, command);
      case Turn(Listening listening, Unreadable(var refusal)) -> object(listening, refusal);

      case Turn(Vetting(var peer, var from, var parameters), SenderVetted(var verdict)) ->
          switch (verdict) {
            case SenderVerdict.Welcome(var returnTo, var checks) ->
                say(
                    new Collecting(peer, Transaction.begin(from, returnTo, parameters, checks)),
                    Replies.SENDER_OK);
            case SenderVerdict.Refused(var refusal) -> refuse(new Ready(peer), from, refusal);
          };
      case Turn(
              Resolving(var peer, var transaction, var to, var wishes),
              RecipientResolved(var verdict)) ->
          switch (verdict) {
            case RecipientVerdict.Accepted(var recipient, var checks) ->
                say(
                    new Collecting(peer, transaction.with(wishes.of(recipient), checks)),
                    Replies.RECIPIENT_OK);
            case RecipientVerdict.Refused(var refusal) ->
                refuse(new Collecting(peer, transaction), to, refusal);
          };

      case Turn(Opening(var peer, var transaction), RoomFound _) ->
          go(
              new Receiving(peer, transaction),
              new Say(Replies.GO_AHEAD_WITH_CONTENT),
              new ReceiveContent(peer, transaction));
      case Turn(Opening(var peer, var transaction), NoRoom _) ->
          refuse(new Collecting(peer, transaction), Stage.DATA, Refusals.NO_ROOM);
      case Turn(Receiving(var peer, var transaction), ContentEnded _) ->
          go(new HandingOver(peer, transaction), new Enqueue(peer, transaction));
      case Turn(Receiving(var peer, var transaction), ContentRefused(var refusal)) ->
          refuseContent(peer, transaction, refusal);
      case Turn(Receiving _, Flooded _) -> hangUp(Stage.CONTENT, Refusals.TOO_BIG);

      case Turn(OpeningChunk opening, RoomFound _) -> chunks.begin(opening);
      case Turn(OpeningChunk(var peer, var transaction, var chunk), NoRoom _) ->
          chunks.spoil(peer, transaction, 0, Refusals.NO_ROOM, chunk);
      case Turn(TakingChunk taking, ChunkEnded _) -> chunks.taken(taking);
      case Turn(TakingChunk taking, ChunkRefused(var refusal)) -> chunks.refused(taking, refusal);
      case Turn(Discarding(var next, var said), ChunkEnded _) -> new Step(next, said);

      // With this 250 the message is ours to deliver or to bounce (RFC 5321 §4.2.5).
      case Turn(HandingOver(var peer, var transaction), Queued(var queueId)) ->
          answerContent(peer, transaction, new Say(Replies.queuedAs(queueId)));
      case Turn(HandingOver(var peer, var transaction), NotQueued(var refusal)) ->
          refuseContent(peer, transaction, refusal);

      case Turn(LoggingIn loggingIn, AuthLine(var line)) -> login.hear(loggingIn, line);
      case Turn(LoggingIn(var peer, _), Unreadable(var refusal)) ->
          object(new Ready(peer), refusal);
      case Turn(CheckingLogin checking, LoginChecked(var answer)) -> login.answer(checking, answer);
      // As new: the client is greeted, and says its name (XCLIENT_README).
      case Turn(Introducing(var before, var introduction), Introduced(var account)) ->
          say(
              new Connected(new Link(introduction.origin(), before.link().tls(), account)),
              Replies.greeting(rules));
      case Turn(Introducing(var before, _), NotIntroduced(var refusal)) ->
          refusal.reply().isPermanent()
              ? refuse(before, Stage.CONNECT, refusal)
              : hangUp(Stage.CONNECT, refusal);
      case Turn(Securing(var origin), TlsEstablished(var tls)) ->
          stay(new Connected(Link.secured(origin, tls)));
      case Turn(Listening listening, SlippedIn _) -> commands.slippedIn(listening);

      // What we were about to promise when we hang up is not promised: the client sends it again.
      case Turn(Closed _, TimedOut _) -> stay(state);
      case Turn(_, TimedOut(var what)) -> hangUp(Stage.CONNECT, Refusals.timedOut(what));
      case Turn(Arriving _, Stop _), Turn(Connected _, Stop _), Turn(Ready _, Stop _) ->
          go(new Closed(), new Say(Replies.CLOSING), new Close());

      // Out of turn: somebody answers a session that does not wait for it any longer.
      case Turn(_, Opened _),
          Turn(_, SpokeFirst _),
          Turn(_, Heard _),
          Turn(_, Unreadable _),
          Turn(_, AuthLine _),
          Turn(_, SlippedIn _),
          Turn(_, TlsEstablished _),
          Turn(_, SenderVetted _),
          Turn(_, RecipientResolved _),
          Turn(_, LoginChecked _),
          Turn(_, Introduced _),
          Turn(_, NotIntroduced _),
          Turn(_, RoomFound _),
          Turn(_, NoRoom _),
          Turn(_, ContentEnded _),
          Turn(_, ContentRefused _),
          Turn(_, Flooded _),
          Turn(_, ChunkEnded _),
          Turn(_, ChunkRefused _),
          Turn(_, Queued _),
          Turn(_, NotQueued _),
          Turn(_, Stop _) ->
          stay(state);
    };
  }

  /// The last word before we hang up for a reason of our own.
  static Step hangUp(Stage stage, Refusal refusal) {
    var said = new Refuse(stage, refusal, Optional.empty(), Optional.empty());
    return go(new Closed(), said, new Close());
  }
}
