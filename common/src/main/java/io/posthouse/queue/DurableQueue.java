package io.posthouse.queue;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.queue.MailQueue.Put;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A queue that is asked until it says yes: an outcome that is known must not be lost because Kafka
/// is away for an hour. Every call blocks until the record is durable.
public final class DurableQueue {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final MailQueue queue;
  private final CountDownLatch closed = new CountDownLatch(1);

  public DurableQueue(MailQueue queue) {
    this.queue = queue;
  }

  /// Puts a message on its first way.
  public void put(Envelope envelope) throws Closed {
    untilQueued(() -> queue.put(envelope));
  }

  /// Puts a message aside, as [MailQueue#defer] does.
  public void defer(Envelope envelope, Duration delay) throws Closed {
    untilQueued(() -> queue.defer(envelope, delay));
  }

  /// Puts a message where it stays, as [MailQueue#hold] does.
  public void hold(Envelope envelope) throws Closed {
    untilQueued(() -> queue.hold(envelope));
  }

  /// Puts a message where an operator looks.
  public void bury(Envelope envelope, String reason) throws Closed {
    untilQueued(() -> queue.bury(envelope, reason));
  }

  /// Puts content of our own making where its envelope can refer to it. No more than a chunk of it
  /// is in memory at a time; what is short stays there, and goes into the envelope itself.
  ///
  /// @param size of the octets of `source`
  /// @throws IOException if `source` cannot be read
  public Content content(QueueId queueId, long size, MessageSource source)
      throws Closed, IOException {
    if (size <= Content.Inline.LONGEST) {
      try (var octets = source.open()) {
        return new Content.Inline(Octets.of(octets.readAllBytes()));
      }
    }
    return chunks(queueId, source);
  }

  /// The same, however short it is: outside of its envelope.
  ///
  /// @param source of one octet at least
  /// @throws IOException if `source` cannot be read
  public Content chunks(QueueId queueId, MessageSource source) throws Closed, IOException {
    for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
      var uploaded = upload(queueId, source);
      if (uploaded.isPresent()) return uploaded.get();
      waitFor(pause);
    }
  }

  /// Everybody who waits gets [Closed], and nobody waits any more.
  public void close() {
    closed.countDown();
  }

  private void untilQueued(Supplier<CompletionStage<Put>> attempt) throws Closed {
    var pause = FIRST_PAUSE;
    while (!isQueued(attempt.get())) {
      waitFor(pause);
      pause = longer(pause);
    }
  }

  /// Empty where the queue did not take all of it; what it took ages out.
  private Optional<Content> upload(QueueId queueId, MessageSource source)
      throws Closed, IOException {
    var upload = queue.upload(queueId);
    try (var octets = source.open()) {
      while (true) {
        var chunk = octets.readNBytes(ContentUpload.LONGEST_CHUNK);
        if (chunk.length == 0) return Optional.of(upload.finish().toCompletableFuture().get());
        upload.write(Octets.of(chunk)).toCompletableFuture().get();
      }
    } catch (ExecutionException notTaken) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new Closed(e);
    }
  }

  private static boolean isQueued(CompletionStage<Put> put) throws Closed {
    try {
      return switch (put.toCompletableFuture().get()) {
        case Put.Queued _ -> true;
        case Put.NotQueued _ -> false;
      };
    } catch (ExecutionException neverByContract) {
      throw new IllegalStateException(neverByContract);
    } catch (InterruptedException e) {
      throw new Closed(e);
    }
  }

  private void waitFor(Duration pause) throws Closed {
    try {
      if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) throw new Closed(null);
    } catch (InterruptedException e) {
      throw new Closed(e);
    }
  }

  private static Duration longer(Duration pause) {
    var next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }

  /// This process ends before the record is durable: the message must not be settled, so that it is
  /// taken again.
  public static final class Closed extends Exception {
    private static final long serialVersionUID = 1;

    Closed(@Nullable InterruptedException cause) {
      super("closed before the queue took the record", cause);
    }
  }
}
