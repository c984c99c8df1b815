package io.posthouse.queue;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads topics of an [InMemoryMailQueue]: what is there at the start, then what comes. Hands out
/// on a thread of its own, in the order of the topic.
///
/// What one reader has settled, the next one of the same [Memory] does not see again: make another
/// to test a crash.
public final class InMemoryQueueReader implements QueueReader {
  private final InMemoryMailQueue queue;
  private final Set<String> topics;
  private final Memory memory;
  private final Intake intake;
  private final Map<String, Taken> open = new ConcurrentSkipListMap<>();
  private final Set<RecordPosition> seen = ConcurrentHashMap.newKeySet();
  private final Phaser inFlight = new Phaser(1);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("reader").daemon().factory());
  private volatile boolean taking = true;

  /// What a group has settled.
  public static final class Memory {
    private final Set<RecordPosition> settled = ConcurrentHashMap.newKeySet();

    /// Whether nobody needs to see this record again.
    public boolean isSettled(RecordPosition position) {
      return settled.contains(position);
    }

    /// How many records are settled.
    public int size() {
      return settled.size();
    }
  }

  public InMemoryQueueReader(
      InMemoryMailQueue queue, Set<String> topics, Memory memory, Intake intake) {
    this.queue = queue;
    this.topics = Set.copyOf(topics);
    this.memory = memory;
    this.intake = intake;
  }

  /// What is taken and not settled.
  public List<Taken> unsettled() {
    return List.copyOf(open.values());
  }

  @Override
  public String name() {
    return "reader in memory";
  }

  @Override
  public void start() {
    queue.listen(record -> {
      if (topics.contains(record.position().topic())) handLater(record);
    });
    topics.forEach(topic -> queue.records(topic).forEach(this::handLater));
  }

  @Override
  public void drain(Duration deadline) {
    taking = false;
    try {
      inFlight.awaitAdvanceInterruptibly(
          inFlight.arrive(), deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException leftAsItIs) {
      // What is not settled is taken again by the next reader.
    }
  }

  @Override
  public void close() {
    taking = false;
    thread.shutdownNow();
  }

  private void handLater(StoredRecord record) {
    if (taking) thread.execute(() -> hand(record));
  }

  private void hand(StoredRecord record) {
    var isNew = seen.add(record.position()) && !memory.isSettled(record.position());
    if (!taking || !isNew) return;
    inFlight.register();
    var taken = new InMemoryTaken(record.envelope(), record.position());
    open.put(record.position().toString(), taken);
    intake.take(taken);
  }

  private final class InMemoryTaken implements Taken {
    private final Envelope envelope;
    private final RecordPosition position;

    InMemoryTaken(Envelope envelope, RecordPosition position) {
      this.envelope = envelope;
      this.position = position;
    }

    @Override
    public Envelope envelope() {
      return envelope;
    }

    @Override
    public RecordPosition position() {
      return position;
    }

    @Override
    public void settle() {
      if (open.remove(position.toString()) == null)
        throw new IllegalStateException(position + " is settled twice");
      memory.settled.add(position);
      inFlight.arriveAndDeregister();
    }
  }
}
