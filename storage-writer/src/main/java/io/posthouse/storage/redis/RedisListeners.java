package io.posthouse.storage.redis;

import io.posthouse.directory.UserId;
import io.posthouse.lifecycle.Service;
import io.posthouse.storage.intake.RedisSettings;
import io.posthouse.storage.mailbox.Listeners;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells WildDuck's sessions of new mail, apart from the storing of it. While Redis is down the
/// users it would wake are remembered, ten thousand of them, and woken when it is back.
public final class RedisListeners implements Listeners, Service {
  private static final int MOST_USERS = 10_000;
  private static final int AT_A_TIME = 500;
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final RedisLink link;
  private final DependencyState redis;
  private final Untold untold = new Untold(MOST_USERS);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Counter told;
  private final Counter lost;
  private final Thread thread;

  /// @param redis told whether it answers
  public RedisListeners(RedisSettings settings, DependencyState redis, Metrics metrics) {
    this.link = new RedisLink(settings);
    this.redis = redis;
    this.told = metrics.counter("mail_push_total", "Users whose sessions were woken for new mail.");
    this.lost =
        metrics.counter(
            "mail_push_lost_total",
            "New mail that sessions see only when they look: Redis was down for too long.");
    metrics.gauge("mail_push_waiting", "Users whose sessions are yet to be woken.", untold::size);
    this.thread = Thread.ofVirtual().name("redis listeners").unstarted(this::tellAll);
  }

  @Override
  public void arrived(Collection<Arrival> arrivals) {
    lost.inc(untold.add(arrivals));
  }

  @Override
  public String name() {
    return "redis listeners";
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void drain(Duration deadline) {
    try {
      untold.awaitNone(deadline.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.close();
  }

  private void tellAll() {
    try {
      while (closed.getCount() > 0) {
        var some = untold.take(AT_A_TIME);
        if (!tell(some)) closed.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException ending) {
      // Who is not told now sees new mail when he looks.
    }
  }

  private boolean tell(Map<UserId, Set<String>> users) {
    try {
      link.tell(users);
      untold.told();
      told.inc(users.size());
      redis.up();
      return true;
    } catch (IOException | RuntimeException e) {
      untold.untold(users);
      redis.down(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
