package io.posthouse.storage.outbound;

import io.posthouse.message.QueueId;
import java.io.IOException;

/// Which messages of our own making are in the queue, so that none is put there twice when the
/// record they follow from is replayed. Blocks.
public interface SentLog {
  /// Whether this one was put there, or is not to be.
  ///
  /// @throws IOException if the log does not answer
  boolean isDone(QueueId made) throws IOException;

  /// Remembers it, longer than any record can be replayed.
  ///
  /// @throws IOException if the log does not answer
  void done(QueueId made) throws IOException;
}
