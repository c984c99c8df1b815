package io.posthouse.storage.mailbox;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A message for one user's mailbox, with every octet it will have there.
///
/// @param message the two header lines of the final delivery (RFC 5321 §4.4), our trace, the
///   content; before them the lines of its placement
public record Delivery(Envelope envelope, UserId user, Octets message, Placement placement) {

  /// What one copy is: the same key is the same copy, however often it comes.
  public record Key(QueueId queueId, UserId user) {}

  /// The copies that an envelope asks for: one for each user, whichever of the user's addresses
  /// were named. Reads `content` to its end.
  public static List<Delivery> of(Envelope envelope, InputStream content) throws IOException {
    var octets = content.readAllBytes();
    return envelope.destinations().stream()
        .filter(Destination.Local.class::isInstance)
        .map(to -> of(envelope, ((Destination.Local) to).user(), octets))
        .toList();
  }

  public Key key() {
    return new Key(envelope.queueId(), user);
  }

  /// The same message as its user wants to have it.
  public Delivery placed(Placement placement) {
    if (!this.placement.equals(Placement.INBOX))
      throw new IllegalStateException("delivery: placed already");
    return new Delivery(envelope, user, placement.lines().then(message), placement);
  }

  /// The address that named the user, the first of several.
  public MailAddress address() {
    return address(envelope, user);
  }

  /// The same copy with its message encrypted for its user. What was sent is not in it any more.
  public Delivery encrypted(Octets message) {
    return new Delivery(envelope, user, message, placement);
  }

  /// The message without the lines of the final delivery: as it was sent to us, with our trace.
  public Octets sent() {
    var length = Math.toIntExact(envelope.size());
    return Octets.of(message.sharedArray(), message.length() - length, length);
  }

  private static Delivery of(Envelope envelope, UserId user, byte[] content) {
    var head = head(envelope, address(envelope, user));
    var all = new ByteArrayOutputStream(head.length + envelope.trace().length() + content.length);
    try {
      all.write(head);
      envelope.trace().writeTo(all);
      all.write(content);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return new Delivery(envelope, user, Octets.of(all.toByteArray()), Placement.INBOX);
  }

  private static byte[] head(Envelope envelope, MailAddress recipient) {
    return ("Delivered-To: " + recipient + "\r\nReturn-Path: " + envelope.reversePath() + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static MailAddress address(Envelope envelope, UserId user) {
    return envelope.recipients().stream()
        .filter(recipient -> recipient.destination().equals(new Destination.Local(user)))
        .map(Recipient::address)
        .findFirst()
        .orElseThrow();
  }
}
