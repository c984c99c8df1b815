package io.posthouse.edge.intake;

import io.posthouse.dkim.MessageInPassing;
import io.posthouse.edge.session.Refusal;
import io.posthouse.edge.session.Refusals;
import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.queue.ContentUpload;
import io.posthouse.queue.MailQueue;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One message's content while it arrives. Short content waits here for its envelope; longer
/// content goes to the queue in chunks, so that no message is ever whole in our memory.
///
/// For one thread, but for the answers of the queue.
public final class Arrival {
  /// The longest content that goes into the envelope's own record.
  public static final int LONGEST_INLINE = Content.Inline.LONGEST;

  // Each chunk is an append of its own in Kafka, and three of them are what a message costs us.
  static final int CHUNK = 96 * 1024;
  private static final byte[] NOTHING = {};
  private static final int FIRST_ROOM = 16 * 1024;
  // While one chunk is on its way to the queue, the next is filled.
  private static final int MOST_OPEN_CHUNKS = 2;
  // What comes in one piece.
  private static final int NEARLY_FULL = 64 * 1024;
  // What a client may send in vain before it could know, beside the limit once more.
  private static final long FLOOD = 10 << 20;

  private final QueueId queueId;
  private final MailQueue queue;
  private final long longest;
  private final ContentScan scan;
  private final MemoryBudget.Share memory;
  private final UploadWindow uploads;
  private final Runnable goOn;
  private Optional<MessageInPassing> toSign;
  private int heldToSign;
  private final AtomicInteger openChunks = new AtomicInteger();
  private byte[] held = new byte[FIRST_ROOM];
  private int length;
  private long size;
  private boolean mustWait;
  private @Nullable ContentUpload upload;
  private @Nullable Refusal refusal;
  private volatile boolean incomplete;

  /// @param longest octets of content
  /// @param toSign sees what passes, if it may be signed
  /// @param goOn called on some thread when more may be brought after [#mustWait]
  Arrival(
      QueueId queueId,
      MailQueue queue,
      long longest,
      ContentScan scan,
      MemoryBudget budget,
      UploadWindow uploads,
      Optional<MessageInPassing> toSign,
      Runnable goOn) {
    this.queueId = queueId;
    this.queue = queue;
    this.longest = longest;
    this.scan = scan;
    this.memory = budget.open(goOn);
    this.uploads = uploads;
    this.toSign = toSign;
    this.goOn = goOn;
    memory.grow(held.length);
  }

  public QueueId queueId() {
    return queueId;
  }

  /// Octets so far, those that were dropped included.
  public long size() {
    return size;
  }

  /// The next octets, which are copied.
  public void take(byte[] array, int from, int to) {
    size += to - from;
    if (size > longest) refuse(Refusals.TOO_BIG);
    if (incomplete) refuse(Refusals.TRY_AGAIN_LATER);
    if (refusal != null) return;
    scan.take(array, from, to);
    scan.problem().ifPresent(this::refuse);
    if (refusal != null) return;
    toSign.ifPresent(message -> hash(message, array, from, to));
    for (int at = from; at < to; ) {
      makeRoom(to - at);
      var part = Math.min(to - at, held.length - length);
      System.arraycopy(array, at, held, length, part);
      length += part;
      at += part;
    }
  }

  /// This content is not taken, whatever still comes; what is here is given up.
  public void refuse(Refusal why) {
    if (refusal != null) return;
    refusal = why;
    memory.shrink((long) held.length + heldToSign);
    held = NOTHING;
    length = 0;
    heldToSign = 0;
    toSign = Optional.empty();
  }

  /// Whether the client goes on and on with content that we gave up long ago.
  public boolean isFlood() {
    return size > 2 * longest + FLOOD;
  }

  /// Why the content, now that it is whole, is not taken.
  public Optional<Refusal> refusal() {
    if (refusal == null) {
      scan.end();
      scan.problem().ifPresent(this::refuse);
    }
    return Optional.ofNullable(refusal);
  }

  /// Why the content is not taken, as far as it has come.
  public Optional<Refusal> refusedSoFar() {
    return Optional.ofNullable(refusal);
  }

  /// Whether to hold back what is still to come until `goOn` is called.
  public boolean mustWait() {
    return mustWait
        || openChunks.get() >= MOST_OPEN_CHUNKS
        || (isChunkNearlyFull() && !uploads.isOpen(goOn));
  }

  /// More was brought after a wait.
  public void resumed() {
    mustWait = false;
  }

  /// The client has gone, or has its answer: what is held is given back.
  public void close() {
    memory.close();
  }

  /// Who wrote it, as its `From` says; asked when the content is whole.
  public Optional<String> author() {
    return header().author();
  }

  /// What the header says; asked before the content is handed over.
  HeaderScan header() {
    return scan.header();
  }

  /// What is to be signed of it, now that it is whole; empty where it is not.
  Optional<MessageInPassing> toSign() {
    return toSign;
  }

  /// Where the whole content is; exceptionally if a chunk could not be stored.
  CompletionStage<? extends Content> finish() {
    if (upload == null)
      return CompletableFuture.completedStage(new Content.Inline(Octets.of(held, 0, length)));
    var last = upload;
    return uploads.open().thenCompose(_ -> finish(last));
  }

  private CompletionStage<? extends Content> finish(ContentUpload to) {
    sendChunk(to);
    return to.finish();
  }

  private void hash(MessageInPassing message, byte[] array, int from, int to) {
    message.take(array, from, to);
    var more = message.held() - heldToSign;
    if (more <= 0) return;
    heldToSign += more;
    mustWait |= !memory.grow(more);
  }

  private void makeRoom(int wanted) {
    if (length < held.length) return;
    if (upload == null && length < LONGEST_INLINE) {
      var room = Math.max(2L * length, (long) length + wanted);
      grow((int) Math.min(LONGEST_INLINE, room));
      return;
    }
    // What was to be inline is the first chunk.
    if (upload == null) upload = queue.upload(queueId);
    sendChunk(upload);
    grow(CHUNK);
  }

  private boolean isChunkNearlyFull() {
    return upload == null
        ? length > LONGEST_INLINE - NEARLY_FULL
        : held.length - length < NEARLY_FULL;
  }

  private void grow(int room) {
    mustWait |= !memory.grow(room - held.length);
    held = Arrays.copyOf(held, room);
  }

  private void sendChunk(ContentUpload to) {
    if (length == 0) return;
    var room = held.length;
    openChunks.incrementAndGet();
    uploads.begin(room);
    to.write(Octets.of(held, 0, length)).whenComplete((_, lost) -> chunkClosed(room, lost));
    held = NOTHING;
    length = 0;
  }

  /// Durable or lost, it is out of our memory. Where one is lost the others would be in vain, and
  /// each would make the client wait as long again.
  private void chunkClosed(int room, @Nullable Throwable lost) {
    if (lost != null) incomplete = true;
    openChunks.decrementAndGet();
    memory.shrink(room);
    uploads.end(room);
    goOn.run();
  }
}
