package io.posthouse.edge.session;

import static io.posthouse.edge.session.Protocol.hangUp;
import static io.posthouse.edge.session.Step.go;
import static io.posthouse.edge.session.Step.object;
import static io.posthouse.edge.session.Step.refusal;
import static io.posthouse.edge.session.Step.refuseContent;
import static io.posthouse.edge.session.Step.say;

import io.posthouse.edge.session.Effect.BeginChunks;
import io.posthouse.edge.session.Effect.DiscardChunk;
import io.posthouse.edge.session.Effect.Enqueue;
import io.posthouse.edge.session.Effect.FindRoom;
import io.posthouse.edge.session.Effect.ForgetChunks;
import io.posthouse.edge.session.Effect.TakeChunk;
import io.posthouse.edge.session.SessionState.BetweenChunks;
import io.posthouse.edge.session.SessionState.Collecting;
import io.posthouse.edge.session.SessionState.Connected;
import io.posthouse.edge.session.SessionState.Discarding;
import io.posthouse.edge.session.SessionState.HandingOver;
import io.posthouse.edge.session.SessionState.Listening;
import io.posthouse.edge.session.SessionState.OpeningChunk;
import io.posthouse.edge.session.SessionState.Ready;
import io.posthouse.edge.session.SessionState.TakingChunk;
import io.posthouse.smtp.Command.Bdat;
import io.posthouse.telemetry.Stage;
import java.util.Optional;

/// CHUNKING (RFC 3030): content that comes with BDAT. Whatever we think of a chunk, its octets are
/// never commands: each is counted off before the next line is looked at.
///
/// A message of which one chunk is refused is lost as a whole. What the client has pipelined of it
/// is refused for the same reason, up to the last chunk.
record Chunks(SessionRules rules) {
  // What a client may send in vain before it could know, beside the limit once more.
  private static final long FLOOD = 10 << 20;

  Step answer(Listening state, Bdat chunk) {
    return switch (state) {
      case Listening _ when isFlood(chunk.size()) -> hangUp(Stage.CONTENT, Refusals.TOO_BIG);
      case Connected _, Ready _ -> outOfTurn(state, chunk);
      case Collecting(var peer, var transaction) when transaction.accepted().isEmpty() ->
          spoil(peer, transaction, 0, rules.noRecipients(), chunk);
      case Collecting(var peer, var transaction) ->
          go(new OpeningChunk(peer, transaction, chunk), new FindRoom());
      case BetweenChunks(var peer, var transaction, var octets, var spoilt) ->
          spoilt
              .map(why -> spoil(peer, transaction, octets, why, chunk))
              .orElseGet(() -> take(peer, transaction, octets, chunk));
    };
  }

  Step begin(OpeningChunk opening) {
    var first = take(opening.peer(), opening.transaction(), 0, opening.chunk());
    return first.after(new BeginChunks(opening.transaction()));
  }

  Step taken(TakingChunk taking) {
    var peer = taking.peer();
    var transaction = taking.transaction();
    if (taking.last())
      return go(new HandingOver(peer, transaction), new Enqueue(peer, transaction));
    return say(
        new BetweenChunks(peer, transaction, taking.octets(), Optional.empty()),
        Replies.CHUNK_TAKEN);
  }

  Step refused(TakingChunk taking, Refusal refusal) {
    return afterRefusal(
            taking.peer(), taking.transaction(), taking.octets(), refusal, taking.last())
        .after(new ForgetChunks());
  }

  /// The message is not taken, and this chunk of it is thrown away.
  Step spoil(Peer peer, Transaction transaction, long before, Refusal refusal, Bdat chunk) {
    var octets = before + chunk.size();
    if (isFlood(octets)) return hangUp(Stage.CONTENT, refusal);
    var then = afterRefusal(peer, transaction, octets, refusal, chunk.last());
    return discard(then, chunk).after(new ForgetChunks());
  }

  private Step take(Peer peer, Transaction transaction, long before, Bdat chunk) {
    var octets = before + chunk.size();
    if (octets > rules.longestMessage())
      return spoil(peer, transaction, before, Refusals.TOO_BIG, chunk);
    return go(
        new TakingChunk(peer, transaction, octets, chunk.last()),
        new TakeChunk(chunk.size(), chunk.last()));
  }

  private static Step outOfTurn(Listening state, Bdat chunk) {
    return discard(object(state, Refusals.BAD_SEQUENCE), chunk);
  }

  private static Step afterRefusal(
      Peer peer, Transaction transaction, long octets, Refusal refusal, boolean last) {
    if (!last)
      return go(
          new BetweenChunks(peer, transaction, octets, Optional.of(refusal)),
          refusal(transaction, refusal));
    // Where nobody was accepted, there is nobody to answer for one by one.
    return transaction.accepted().isEmpty()
        ? go(new Ready(peer.told(Forwarded.NOTHING)), refusal(transaction, refusal))
        : refuseContent(peer, transaction, refusal);
  }

  private static Step discard(Step then, Bdat chunk) {
    return go(new Discarding(then.next(), then.effects()), new DiscardChunk(chunk.size()));
  }

  private boolean isFlood(long octets) {
    return octets > 2 * rules.longestMessage() + FLOOD;
  }
}
