package io.posthouse.kafka;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DurableQueue;
import java.io.IOException;

/// Brings old content to where it lives as long as a message put into the queue now.
public final class ContentCarrier {
  private final ContentStore contents;
  private final DurableQueue queue;

  public ContentCarrier(ContentStore contents, DurableQueue queue) {
    this.contents = contents;
    this.queue = queue;
  }

  /// The message, with content that does not depend on the age of any record. Blocks.
  ///
  /// @throws ContentStore.ContentGone if the content is not retained any longer
  /// @throws IOException if the queue cannot be reached
  Envelope carried(Envelope envelope) throws IOException {
    if (envelope.content() instanceof Content.Inline) return envelope;
    var id = envelope.queueId();
    var old = envelope.content();
    try {
      return envelope.withContent(queue.content(id, old.size(), () -> contents.open(id, old)));
    } catch (DurableQueue.Closed ending) {
      throw new IOException(ending);
    }
  }

  /// The message as it is, if [#carried] would find its content: where its first octet is retained.
  ///
  /// @throws ContentStore.ContentGone if the content is not retained any longer
  /// @throws IOException if the queue cannot be reached
  Envelope found(Envelope envelope) throws IOException {
    try (var content = contents.open(envelope.queueId(), envelope.content())) {
      var _ = content.read();
      return envelope;
    }
  }

  /// A copy of the content that lies outside of any envelope, unless it is empty: for records that
  /// are read again and again. Blocks.
  ///
  /// @throws ContentStore.ContentGone if the content is not retained any longer
  /// @throws IOException if the queue cannot be reached
  Content copied(Envelope envelope) throws IOException {
    var id = envelope.queueId();
    var old = envelope.content();
    if (old.size() == 0) return new Content.Inline(Octets.EMPTY);
    try {
      return queue.chunks(id, () -> contents.open(id, old));
    } catch (DurableQueue.Closed ending) {
      throw new IOException(ending);
    }
  }
}
