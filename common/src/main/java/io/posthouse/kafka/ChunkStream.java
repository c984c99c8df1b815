package io.posthouse.kafka;

import io.posthouse.message.Content;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.ContentStore.ContentGone;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Content that lies in chunks, one of them in memory at a time. It ends where its envelope says,
/// or with an exception: never early.
final class ChunkStream extends InputStream {
  private final ReaderPool readers;
  private final String topic;
  private final QueueId queueId;
  private final Content.Chunked content;
  private byte[] chunk = new byte[0];
  private int next;
  private int chunksRead;
  private long octetsRead;

  private ChunkStream(ReaderPool readers, String topic, QueueId queueId, Content.Chunked content) {
    this.readers = readers;
    this.topic = topic;
    this.queueId = queueId;
    this.content = content;
  }

  /// With the first chunk read, so that content that is gone is known before anybody is talked to.
  static ChunkStream open(
      ReaderPool readers, String topic, QueueId queueId, Content.Chunked content)
      throws IOException {
    var stream = new ChunkStream(readers, topic, queueId, content);
    stream.readChunk();
    return stream;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? chunk[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) return 0;
    if (!hasMore()) return -1;
    var count = Math.min(length, chunk.length - next);
    System.arraycopy(chunk, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public int available() {
    return chunk.length - next;
  }

  private boolean hasMore() throws IOException {
    while (next == chunk.length) {
      if (chunksRead == content.offsets().size()) return false;
      readChunk();
    }
    return true;
  }

  private void readChunk() throws IOException {
    var at = new RecordPosition(topic, content.partition(), content.offsets().get(chunksRead));
    chunk = new byte[0]; // the last one goes before the next one comes
    next = 0;
    var record = readers.read(at);
    if (!ChunkRecord.isChunk(record, queueId, chunksRead))
      throw new ContentGone(at + ": not chunk " + chunksRead + " of " + queueId);
    octetsRead += record.value().length;
    checkSize(at);
    chunk = record.value();
    chunksRead++;
  }

  /// Before the last chunk is handed out: half a message must not pass for a whole one.
  private void checkSize(RecordPosition at) throws ContentGone {
    var isLast = chunksRead == content.offsets().size() - 1;
    if (octetsRead > content.size() || (isLast && octetsRead != content.size()))
      throw new ContentGone(
          at + ": " + octetsRead + " octets so far (expected: " + content.size() + " in all)");
  }
}
