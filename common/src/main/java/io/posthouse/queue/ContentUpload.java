package io.posthouse.queue;

import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import java.util.concurrent.CompletionStage;

/// Content on its way into the queue, chunk by chunk. Chunks that no envelope lists just age out,
/// so an upload that is abandoned needs no cleaning.
public interface ContentUpload {
  /// The longest chunk, in octets: below Kafka's default record size.
  int LONGEST_CHUNK = 900 * 1024;

  /// Writes the next chunk. Completes when it is durable, or exceptionally; the caller holds back
  /// the sender while more chunks are open than its memory allows.
  CompletionStage<Void> write(Octets chunk);

  /// Where the whole content lies, once every chunk is durable; exceptionally if one is not.
  CompletionStage<Content.Chunked> finish();
}
