package io.posthouse.edge.session;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.ReversePath;
import io.posthouse.edge.sasl.Claim;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.Stage;
import java.time.Duration;
import java.util.Optional;

/// What is to be done, in order.
public sealed interface Effect {
  record Say(Reply reply) implements Effect {}

  /// Whatever comes next is done so much later, and nothing is read until then.
  record Hesitate(Duration time) implements Effect {}

  /// A reply that turns something away; for events and metrics, too.
  ///
  /// @param from the sender, once there is one
  /// @param to the recipient, if it is one that is turned away
  record Refuse(Stage stage, Refusal refusal, Optional<ReversePath> from, Optional<ForwardPath> to)
      implements Effect {}

  /// Answered by [Input.SenderVetted].
  record VetSender(Peer peer, ReversePath from) implements Effect {}

  /// Answered by [Input.RecipientResolved].
  record ResolveRecipient(Peer peer, ForwardPath to) implements Effect {}

  /// Answered by [Input.LoginChecked].
  record CheckLogin(Claim claim) implements Effect {}

  /// Answered by [Input.Introduced] or [Input.NotIntroduced].
  record Introduce(Introduction introduction) implements Effect {}

  /// Answered by [Input.RoomFound] or [Input.NoRoom].
  record FindRoom() implements Effect {}

  /// From here to CRLF.CRLF everything is content; answered by [Input.ContentEnded] or
  /// [Input.ContentRefused].
  record ReceiveContent(Peer peer, Transaction transaction) implements Effect {}

  /// What chunks will bring is content of this transaction.
  record BeginChunks(Transaction transaction) implements Effect {}

  /// The next `size` octets are content; answered by [Input.ChunkEnded] or [Input.ChunkRefused].
  record TakeChunk(long size, boolean last) implements Effect {}

  /// The next `size` octets are nothing; answered by [Input.ChunkEnded].
  record DiscardChunk(long size) implements Effect {}

  /// The content that has come in chunks is given up; more than once is once.
  record ForgetChunks() implements Effect {}

  /// Answered by [Input.Queued] or [Input.NotQueued].
  record Enqueue(Peer peer, Transaction transaction) implements Effect {}

  /// Answered by [Input.TlsEstablished], or by the end of the connection.
  record UpgradeToTls() implements Effect {}

  /// After what was said is written.
  record Close() implements Effect {}
}
