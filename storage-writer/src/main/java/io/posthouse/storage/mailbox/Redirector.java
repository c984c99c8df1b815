package io.posthouse.storage.mailbox;

import io.posthouse.directory.AddressId;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.queue.DurableQueue.Closed;
import java.io.IOException;
import java.util.Optional;

/// Sends on what comes to addresses of ours that no user has. Blocks.
public interface Redirector {
  /// Sends a message on to the targets of an address, once whatever is replayed. With the return of
  /// this method that is durable.
  ///
  /// @param sent the message with our trace
  /// @return why it cannot be sent on, now or later; empty where it was
  /// @throws IOException if something we need does not answer: to be done again
  /// @throws Closed if this process ends
  Optional<String> redirect(Envelope message, AddressId address, Octets sent)
      throws IOException, Closed;
}
