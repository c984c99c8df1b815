package io.posthouse.edge.session;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.ReversePath;
import io.posthouse.smtp.Reply;

/// What is to be done, in order.
public sealed interface Effect {
  record Say(Reply reply) implements Effect {}

  /// A reply that turns something away; for events and metrics, too.
  ///
  /// @param about the path or name it is about, or empty
  record Refuse(Stage stage, String about, Reply reply) implements Effect {}

  /// Answered by [Input.SenderVetted].
  record VetSender(Peer peer, ReversePath from) implements Effect {}

  /// Answered by [Input.RecipientResolved].
  record ResolveRecipient(Peer peer, ForwardPath to) implements Effect {}

  /// Answered by [Input.LoginChecked].
  record CheckLogin(Credentials credentials) implements Effect {}

  /// Answered by [Input.RoomFound] or [Input.NoRoom].
  record FindRoom() implements Effect {}

  /// From here to CRLF.CRLF everything is content; answered by [Input.ContentEnded] or
  /// [Input.ContentRefused].
  record ReceiveContent(Peer peer, Transaction transaction) implements Effect {}

  /// Answered by [Input.Queued] or [Input.NotQueued].
  record Enqueue(Peer peer, Transaction transaction) implements Effect {}

  /// Answered by [Input.TlsEstablished], or by the end of the connection.
  record UpgradeToTls() implements Effect {}

  /// After what was said is written.
  record Close() implements Effect {}
}
