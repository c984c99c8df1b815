package io.posthouse.queue;

import io.posthouse.message.Content;
import io.posthouse.message.QueueId;
import java.io.IOException;
import java.io.InputStream;

/// Reads content from wherever its envelope says. Blocks, so call it on a virtual thread.
public interface ContentStore {
  /// The octets of the content, without the trace, read piece by piece as the caller goes on.
  ///
  /// @throws ContentGone if it is not retained any longer: trying again is no use
  /// @throws IOException if the queue cannot be reached: try again later
  InputStream open(QueueId queueId, Content content) throws IOException;

  /// The content an envelope refers to does not exist any more.
  final class ContentGone extends IOException {
    private static final long serialVersionUID = 1;

    public ContentGone(String what) {
      super(what);
    }
  }
}
