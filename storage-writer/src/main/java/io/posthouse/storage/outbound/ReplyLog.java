package io.posthouse.storage.outbound;

import io.posthouse.address.MailAddress;
import io.posthouse.message.QueueId;
import java.io.IOException;

/// Who was answered lately by an autoreply. Blocks.
public interface ReplyLog {
  /// Whether this reply may go to its sender, because none went there in the last four hours, or
  /// because it was this one. From now on no other may.
  ///
  /// @param autoreply its id
  /// @throws IOException if the log does not answer
  boolean isTurnOf(QueueId reply, String autoreply, MailAddress to) throws IOException;
}
