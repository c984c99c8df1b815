package io.posthouse.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of a consumer, which belongs to one thread alone. A consumer that fails is made anew,
/// for as long as it takes and whatever it throws: nobody would notice that its thread has ended.
final class ConsumerThread {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerThread.class);
  private static final Duration CLOSING = Duration.ofSeconds(15);

  /// A consumer from its making to its end.
  interface Life {
    /// A step, of a second at most.
    ///
    /// @param takeMore false to finish only what is held
    void turn(boolean takeMore) throws InterruptedException;

    boolean holdsNothing();

    /// Why it does not work, if it does not.
    Optional<String> trouble();

    /// An orderly end.
    void close();

    /// The end after a turn that failed.
    void abandon();
  }

  private enum Mode {
    WORKING,
    DRAINING,
    STOPPING
  }

  private final String name;
  private final Supplier<? extends Life> lives;
  private volatile Mode mode = Mode.WORKING;
  private volatile long drainUntil;
  private volatile Optional<String> trouble = Optional.of("not started");
  private volatile @Nullable Thread thread;

  ConsumerThread(String name, Supplier<? extends Life> lives) {
    this.name = name;
    this.lives = lives;
  }

  Optional<String> trouble() {
    return trouble;
  }

  void start() {
    trouble = Optional.of("starting");
    thread = Thread.ofPlatform().name(name).start(this::run);
  }

  void drain(Duration deadline) {
    // The last commit needs a part of the time.
    var lastCommit = Math.min(deadline.toNanos() / 5, CLOSING.toNanos());
    drainUntil = System.nanoTime() + deadline.toNanos() - lastCommit;
    mode = Mode.DRAINING;
    join(deadline.plus(CLOSING));
  }

  /// Whether the thread has ended.
  boolean close() {
    mode = Mode.STOPPING;
    if (join(CLOSING)) return true;
    var stuck = thread;
    if (stuck != null) stuck.interrupt();
    var ended = join(CLOSING);
    if (!ended) LOG.warn("{} does not end", name);
    return ended;
  }

  private void run() {
    var pause = new Pause();
    while (mode == Mode.WORKING) {
      try {
        live(pause);
      } catch (InterruptedException | InterruptException stopped) {
        break;
      } catch (RuntimeException | Error e) {
        trouble = Optional.of("starts anew after: " + e.getMessage());
        LOG.warn("{} starts anew in {} after: {}", name, pause.next(), e.toString(), e);
        pause.sleep(() -> mode == Mode.WORKING);
      }
    }
    trouble = Optional.of("stopped");
  }

  private void live(Pause pause) throws InterruptedException {
    var life = lives.get();
    try {
      while (goesOn(life)) {
        life.turn(mode == Mode.WORKING);
        trouble = life.trouble();
        if (trouble.isEmpty()) pause.reset();
      }
    } catch (RuntimeException | Error e) {
      life.abandon();
      throw e;
    }
    life.close();
  }

  private boolean goesOn(Life life) {
    return switch (mode) {
      case WORKING -> true;
      case DRAINING -> !life.holdsNothing() && System.nanoTime() < drainUntil;
      case STOPPING -> false;
    };
  }

  /// Whether the thread has ended.
  private boolean join(Duration patience) {
    var running = thread;
    if (running == null) return true;
    try {
      return running.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
