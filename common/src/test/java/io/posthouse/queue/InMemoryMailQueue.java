package io.posthouse.queue;

import com.google.protobuf.ByteString;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.record.DeadLetterRecord;
import io.posthouse.queue.record.PositionRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// A queue in memory: records are encoded and decoded as on the wire, each topic has one partition.
/// It can refuse, and hold its answers back.
public final class InMemoryMailQueue implements MailQueue, DeadLetters, ContentStore {
  private final Topics topics;
  private final Map<String, List<StoredRecord>> log = new ConcurrentHashMap<>();
  private final List<Consumer<StoredRecord>> listeners = new CopyOnWriteArrayList<>();
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private boolean holding;
  private int refusals;
  private String refusal = "";

  public InMemoryMailQueue(Topics topics) {
    this.topics = topics;
  }

  /// With topics that have no prefix.
  public InMemoryMailQueue() {
    this(new Topics(""));
  }

  public Topics topics() {
    return topics;
  }

  /// The next so many records are not taken.
  public synchronized void refuseNext(int records, String why) {
    refusals = records;
    refusal = why;
  }

  /// Nothing is taken until [#accept()], as when Kafka is down.
  public void refuseAll(String why) {
    refuseNext(Integer.MAX_VALUE, why);
  }

  /// Everything is taken again.
  public synchronized void accept() {
    refusals = 0;
  }

  /// Nothing is answered, and nothing is in a topic, until [#release()], as when Kafka is slow.
  public synchronized void hold() {
    holding = true;
  }

  /// Does what was held back, in its order.
  public void release() {
    for (var next = nextHeld(); next.isPresent(); next = nextHeld()) next.get().run();
  }

  /// How many records are held back.
  public synchronized int held() {
    return held.size();
  }

  /// Hears of each record from now on, once it is in its topic.
  public void listen(Consumer<StoredRecord> listener) {
    listeners.add(listener);
  }

  /// What a topic holds.
  public List<StoredRecord> records(String topic) {
    return List.copyOf(topic(topic));
  }

  /// The envelopes a topic holds.
  public List<Envelope> envelopes(String topic) {
    return records(topic).stream().map(StoredRecord::envelope).toList();
  }

  /// Forgets what a topic holds, as its retention does.
  public void expire(String topic) {
    topic(topic).replaceAll(r -> new StoredRecord(r.position(), "", Octets.EMPTY));
  }

  @Override
  public CompletionStage<Put> put(Envelope envelope) {
    return put(topics.first(envelope), envelope);
  }

  @Override
  public CompletionStage<Put> defer(Envelope envelope, Duration delay) {
    if (envelope.content() instanceof Content.Inline)
      throw new IllegalArgumentException("deferred content: inline (expected: a reference)");
    return put(topics.retry(delay), envelope);
  }

  @Override
  public CompletionStage<Put> hold(Envelope envelope) {
    if (envelope.content() instanceof Content.Inline)
      throw new IllegalArgumentException("held content: inline (expected: a reference)");
    return put(topics.held(), envelope);
  }

  @Override
  public CompletionStage<Put> bury(Envelope envelope, String reason) {
    var letter =
        DeadLetterRecord.newBuilder()
            .setReason(reason)
            .setOriginal(ByteString.copyFrom(EnvelopeCodec.encode(envelope)));
    return append(topics.dead(), RecordKeys.of(envelope), letter.build().toByteArray())
        .thenApply(taken -> taken.put(envelope.queueId()));
  }

  @Override
  public CompletionStage<Burial> bury(RecordPosition origin, Octets record, String reason) {
    var letter =
        DeadLetterRecord.newBuilder()
            .setReason(reason)
            .setOriginal(ByteString.copyFrom(record.buffer()))
            .setOrigin(
                PositionRecord.newBuilder()
                    .setTopic(origin.topic())
                    .setPartition(origin.partition())
                    .setOffset(origin.offset()));
    return append(topics.dead(), origin.toString(), letter.build().toByteArray())
        .thenApply(Answer::burial);
  }

  @Override
  public ContentUpload upload(QueueId queueId) {
    return new Upload(queueId);
  }

  @Override
  public InputStream open(QueueId queueId, Content content) throws IOException {
    return switch (content) {
      case Content.Inline(var octets) -> octets.input();
      case Content.InRecord(var at, long size) -> inRecord(queueId, at, size);
      case Content.Chunked chunked -> chunks(queueId, chunked);
    };
  }

  /// What became of one record: where it lies, or why it does not.
  private record Answer(Optional<StoredRecord> record, String why) {
    Put put(QueueId id) {
      return record.isPresent() ? new Put.Queued(id) : new Put.NotQueued(why);
    }

    Burial burial() {
      return record.isPresent() ? new Burial.Buried() : new Burial.NotBuried(why);
    }
  }

  private CompletionStage<Put> put(String topic, Envelope envelope) {
    return append(topic, RecordKeys.of(envelope), EnvelopeCodec.encode(envelope))
        .thenApply(answer -> answer.put(envelope.queueId()));
  }

  private CompletionStage<Answer> append(String topic, String key, byte[] value) {
    var answer = new CompletableFuture<Answer>();
    Runnable append = () -> answer.complete(store(topic, key, value));
    if (!holdBack(append)) append.run();
    return answer;
  }

  private Answer store(String topic, String key, byte[] value) {
    var refused = refused();
    if (refused.isPresent()) return new Answer(Optional.empty(), refused.get());
    var record = appended(topic, key, value);
    listeners.forEach(listener -> listener.accept(record));
    return new Answer(Optional.of(record), "");
  }

  private synchronized StoredRecord appended(String topic, String key, byte[] value) {
    var records = topic(topic);
    var record =
        new StoredRecord(new RecordPosition(topic, 0, records.size()), key, Octets.of(value));
    records.add(record);
    return record;
  }

  private synchronized boolean holdBack(Runnable append) {
    if (holding) held.add(append);
    return holding;
  }

  private synchronized Optional<Runnable> nextHeld() {
    holding = !held.isEmpty();
    return Optional.ofNullable(held.poll());
  }

  private synchronized Optional<String> refused() {
    if (refusals == 0) return Optional.empty();
    if (refusals != Integer.MAX_VALUE) refusals--;
    return Optional.of(refusal);
  }

  private List<StoredRecord> topic(String name) {
    return log.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>());
  }

  private StoredRecord record(RecordPosition at) throws ContentGone {
    var records = topic(at.topic());
    if (at.partition() != 0 || at.offset() >= records.size())
      throw new ContentGone(at + ": no such record");
    return records.get((int) at.offset());
  }

  private InputStream inRecord(QueueId queueId, RecordPosition at, long size) throws IOException {
    try {
      var envelope = EnvelopeCodec.decode(record(at).value().toArray());
      if (envelope.queueId().equals(queueId)
          && envelope.content() instanceof Content.Inline(var octets)
          && octets.length() == size) return octets.input();
    } catch (MalformedRecord e) {
      throw new ContentGone(at + ": " + e.getMessage());
    }
    throw new ContentGone(at + ": no content of " + queueId);
  }

  private InputStream chunks(QueueId queueId, Content.Chunked content) throws IOException {
    var whole = ByteString.newOutput();
    var number = 0;
    for (var offset : content.offsets()) {
      var chunk = record(new RecordPosition(topics.content(), content.partition(), offset));
      if (!chunk.key().equals(queueId + "/" + number++))
        throw new ContentGone(chunk.position() + ": no chunk of " + queueId);
      chunk.value().writeTo(whole);
    }
    if (whole.size() != content.size()) throw new ContentGone(queueId + ": incomplete");
    return whole.toByteString().newInput();
  }

  private final class Upload implements ContentUpload {
    private final QueueId queueId;
    private final List<CompletableFuture<Long>> chunks = new ArrayList<>();
    private long size;

    Upload(QueueId queueId) {
      this.queueId = queueId;
    }

    @Override
    public CompletionStage<Void> write(Octets chunk) {
      if (chunk.length() > LONGEST_CHUNK)
        throw new IllegalArgumentException("chunk: " + chunk.length() + " octets");
      Function<Answer, CompletionStage<Long>> offset =
          answer ->
              answer
                  .record()
                  .map(record -> CompletableFuture.completedFuture(record.position().offset()))
                  .orElseGet(() -> CompletableFuture.failedFuture(new IOException(answer.why())));
      var key = queueId + "/" + chunks.size();
      chunks.add(
          append(topics.content(), key, chunk.toArray()).thenCompose(offset).toCompletableFuture());
      size += chunk.length();
      return chunks.getLast().thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Content.Chunked> finish() {
      if (chunks.isEmpty()) return CompletableFuture.failedFuture(new IOException("empty"));
      return CompletableFuture.allOf(chunks.toArray(CompletableFuture<?>[]::new))
          .thenApply(_ ->
              new Content.Chunked(0, chunks.stream().map(CompletableFuture::join).toList(), size));
    }
  }
}
