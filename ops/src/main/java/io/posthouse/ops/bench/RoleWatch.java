package io.posthouse.ops.bench;

import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Watches a role work through a backlog, by its events.
final class RoleWatch implements Events {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final int messages;
  private final LongSupplier nanoClock;
  private final Latencies each;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private int troubles;
  private String firstTrouble = "";
  private long first;
  private long half;
  private long last;

  /// @param messages of the backlog
  RoleWatch(int messages, LongSupplier nanoClock) {
    this.messages = messages;
    this.nanoClock = nanoClock;
    each = new Latencies(messages);
  }

  @Override
  public void record(MailEvent event) {
    switch (event) {
      case MailEvent.Delivered delivered -> done(delivered.took());
      case MailEvent.Stored stored when !stored.again() -> done(stored.took());
      case MailEvent.Deferred e -> trouble(e.evidence());
      case MailEvent.Bounced e -> trouble(e.evidence());
      case MailEvent.Bug e -> trouble(e);
      case MailEvent.DeadLettered e -> trouble(e.why());
      // What else happens is neither an end nor a failure.
      case MailEvent _ -> {}
    }
  }

  /// Waits until all are done.
  ///
  /// @throws CommandFailed if for a minute nothing is
  Throughput await() throws InterruptedException {
    lock.lock();
    try {
      while (each.count() < messages) {
        if (!heard.await(LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS))
          throw CommandFailed.because(
              "nothing happens after %d of %d messages: %s"
                  .formatted(each.count(), messages, firstTrouble));
      }
      return new Throughput(
          each.count(),
          troubles,
          Duration.ofNanos(last - first),
          Duration.ofNanos(last - half),
          each);
    } finally {
      lock.unlock();
    }
  }

  private void done(Duration took) {
    lock.lock();
    try {
      last = nanoClock.getAsLong();
      if (each.count() == 0) first = last;
      if (each.count() < messages) each.add(took.toNanos());
      if (each.count() == messages - messages / 2) half = last;
      heard.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void trouble(Object what) {
    lock.lock();
    try {
      if (troubles++ == 0) firstTrouble = what.toString();
      heard.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
