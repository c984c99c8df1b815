package io.posthouse.storage.mailbox;

import java.io.IOException;

/// Whose senders were told that a copy lies in its mailbox, so that none is told again when a
/// record is replayed. Blocks.
public interface Receipts {
  /// Whether the sender was told of this copy.
  ///
  /// @throws IOException if the store does not answer
  boolean isTold(Delivery.Key copy) throws IOException;

  /// Remembers that the sender was told. Of copies that were never stored nothing is remembered.
  ///
  /// @throws IOException if the store does not answer
  void told(Delivery.Key copy) throws IOException;
}
