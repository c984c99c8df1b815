package io.posthouse.kafka;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Content in Kafka, read where it lies. An open stream holds one chunk in memory and nothing else,
/// so it may stay open as long as a slow host takes.
public final class KafkaContentStore implements ContentStore, AutoCloseable {
  private final String topic;
  private final ReaderPool readers;

  /// @param readers consumers, each with a thread; few are enough
  /// @param patience for a chunk, before Kafka counts as not reachable
  public KafkaContentStore(KafkaCluster cluster, int readers, Duration patience) {
    this.topic = cluster.topics().content();
    this.readers = new ReaderPool(cluster, readers, patience);
  }

  @Override
  public InputStream open(QueueId queueId, Content content) throws IOException {
    return switch (content) {
      case Content.Inline(var octets) -> octets.input();
      case Content.Chunked chunked -> ChunkStream.open(readers, topic, queueId, chunked);
      case Content.InRecord(var position, long size) -> inRecord(queueId, position, size);
    };
  }

  @Override
  public void close() {
    readers.close();
  }

  private InputStream inRecord(QueueId queueId, RecordPosition at, long size) throws IOException {
    var envelope = envelope(at);
    if (!envelope.queueId().equals(queueId))
      throw new ContentGone(at + ": a record of " + envelope.queueId() + ", not of " + queueId);
    if (envelope.content() instanceof Content.Inline(var octets) && octets.length() == size)
      return octets.input();
    throw new ContentGone(at + ": no content of " + size + " octets in the record");
  }

  private Envelope envelope(RecordPosition at) throws IOException {
    var record = readers.read(at);
    try {
      return EnvelopeCodec.decode(record.value());
    } catch (MalformedRecord e) {
      throw new ContentGone(at + ": " + e.getMessage());
    }
  }
}
