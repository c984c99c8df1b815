package io.posthouse.edge.session;

import io.posthouse.directory.Account;
import io.posthouse.edge.sasl.Answer;
import io.posthouse.message.QueueId;
import io.posthouse.message.TlsFacts;
import io.posthouse.smtp.Command;
import java.util.Optional;

/// What a session may hear: the client, and the answers to what it asked for.
public sealed interface Input {
  /// A client has come, and it is time to greet it.
  record Opened() implements Input {}

  /// A client has not waited for that.
  record SpokeFirst() implements Input {}

  record Heard(Command command) implements Input {}

  /// A line that is no command line: too long, or not ended by CRLF.
  record Unreadable(Refusal refusal) implements Input {}

  /// A line of an AUTH exchange.
  record AuthLine(String base64) implements Input {}

  /// STARTTLS came with more behind it, which somebody may have slipped in (RFC 3207 §4.2).
  record SlippedIn() implements Input {}

  record TlsEstablished(TlsFacts tls) implements Input {}

  record SenderVetted(SenderVerdict verdict) implements Input {}

  record RecipientResolved(RecipientVerdict verdict) implements Input {}

  record LoginChecked(Answer answer) implements Input {}

  /// The client that a host speaks for may come in.
  ///
  /// @param account as whom it has logged in there
  record Introduced(Optional<Account> account) implements Input {}

  /// It may not: for now, and then we hang up, or not like that.
  record NotIntroduced(Refusal refusal) implements Input {}

  record RoomFound() implements Input {}

  /// Our memory is full of other people's mail.
  record NoRoom() implements Input {}

  /// CRLF.CRLF, and nothing is wrong with what came before.
  record ContentEnded() implements Input {}

  /// CRLF.CRLF, after content that we do not take.
  record ContentRefused(Refusal refusal) implements Input {}

  /// Content that was refused long ago, and still comes.
  record Flooded() implements Input {}

  /// All octets of a chunk are here.
  record ChunkEnded() implements Input {}

  /// All octets of a chunk are here, and with them the message is one that we do not take.
  record ChunkRefused(Refusal refusal) implements Input {}

  /// The queue has it.
  record Queued(QueueId queueId) implements Input {}

  record NotQueued(Refusal refusal) implements Input {}

  /// The client was silent for too long, or took too long over all.
  record TimedOut(String what) implements Input {}

  /// This node stops.
  record Stop() implements Input {}
}
