package io.posthouse.edge.session;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.ReversePath;
import io.posthouse.edge.session.Effect.Refuse;
import io.posthouse.edge.session.Effect.Say;
import io.posthouse.edge.session.Peer.Dialect;
import io.posthouse.edge.session.SessionState.BetweenChunks;
import io.posthouse.edge.session.SessionState.Collecting;
import io.posthouse.edge.session.SessionState.Connected;
import io.posthouse.edge.session.SessionState.Listening;
import io.posthouse.edge.session.SessionState.Ready;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.Stage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The next state, and what is to be done on the way there.
record Step(SessionState next, List<Effect> effects) {
  static Step go(SessionState next, Effect... effects) {
    return new Step(next, List.of(effects));
  }

  static Step stay(SessionState state) {
    return new Step(state, List.of());
  }

  /// The same after something else.
  Step after(Effect first) {
    return new Step(next, Stream.concat(Stream.of(first), effects.stream()).toList());
  }

  static Step say(SessionState next, Reply reply) {
    return go(next, new Say(reply));
  }

  static Step refuse(SessionState next, Stage stage, Refusal refusal) {
    return go(next, new Refuse(stage, refusal, Optional.empty(), Optional.empty()));
  }

  static Step refuse(SessionState next, ReversePath from, Refusal refusal) {
    return go(next, new Refuse(Stage.MAIL, refusal, Optional.of(from), Optional.empty()));
  }

  static Step refuse(Collecting next, ForwardPath to, Refusal refusal) {
    var from = Optional.of(next.transaction().from());
    return go(next, new Refuse(Stage.RCPT, refusal, from, Optional.of(to)));
  }

  /// The answer to the end of content: LMTP says it once for each recipient it accepted (RFC 2033
  /// §4.2), SMTP once.
  static Step answerContent(Peer peer, Transaction transaction, Effect said) {
    var times = peer.dialect() == Dialect.LMTP ? transaction.accepted().size() : 1;
    return new Step(new Ready(peer.told(Forwarded.NOTHING)), Collections.nCopies(times, said));
  }

  static Step refuseContent(Peer peer, Transaction transaction, Refusal refusal) {
    return answerContent(peer, transaction, refusal(transaction, refusal));
  }

  /// Content is turned away.
  static Effect refusal(Transaction transaction, Refusal refusal) {
    return new Refuse(Stage.CONTENT, refusal, Optional.of(transaction.from()), Optional.empty());
  }

  /// The client did something out of turn or not by the book; nothing changes.
  static Step object(Listening state, Refusal refusal) {
    return refuse(state, stageAfter(state), refusal);
  }

  private static Stage stageAfter(Listening state) {
    return switch (state) {
      case Connected _ -> Stage.HELO;
      case Ready _ -> Stage.MAIL;
      case Collecting _ -> Stage.RCPT;
      case BetweenChunks _ -> Stage.CONTENT;
    };
  }
}
