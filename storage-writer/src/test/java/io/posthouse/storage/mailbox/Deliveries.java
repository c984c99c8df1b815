package io.posthouse.storage.mailbox;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Deliveries for tests that need some.
public final class Deliveries {
  private Deliveries() {}

  /// A message of its own for this user.
  public static Delivery to(UserId user, String content) {
    return to(user, Octets.utf8(content));
  }

  public static Delivery to(UserId user, Octets content) {
    return again(Samples.queueId(), user, content);
  }

  /// The copy of one message for this user.
  public static Delivery again(QueueId queueId, UserId user, String content) {
    return again(queueId, user, Octets.utf8(content));
  }

  private static Delivery again(QueueId queueId, UserId user, Octets content) {
    var recipient =
        new Recipient(MailAddress.of("someone@example.test"), new Destination.Local(user));
    var envelope = Samples.message(queueId, new Content.Inline(content), recipient);
    try {
      return Delivery.of(envelope, content.input()).getFirst();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  /// Octets as a test writes them.
  public static Octets latin1(String text) {
    return Octets.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
