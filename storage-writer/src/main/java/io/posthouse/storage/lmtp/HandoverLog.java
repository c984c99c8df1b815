package io.posthouse.storage.lmtp;

import io.posthouse.address.MailAddress;
import io.posthouse.storage.mailbox.Delivery;
import java.io.IOException;
import java.util.Optional;

/// Remembers which copies were handed over, as far as we know: LMTP has no word for a message that
/// comes again. Blocks.
public interface HandoverLog {
  /// Asks about a copy, and remembers that it is about to be handed over.
  ///
  /// @throws IOException if the log does not answer
  Known begin(Delivery copy) throws IOException;

  /// Remembers for good that a copy was taken.
  ///
  /// @throws IOException if the log does not answer
  void done(Delivery.Key copy) throws IOException;

  /// What is known of a copy.
  sealed interface Known {
    /// It is to be handed over.
    ///
    /// @param main the user's own address, if there is one
    record Owed(Optional<MailAddress> main) implements Known {}

    /// It is in the mailbox, or was.
    record Settled() implements Known {}

    /// The user was deleted after we accepted the message.
    record NoSuchUser() implements Known {}
  }
}
