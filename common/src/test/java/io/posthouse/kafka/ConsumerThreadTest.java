package io.posthouse.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConsumerThreadTest {
  private final AtomicInteger lives = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ConsumerThread thread =
      new ConsumerThread("consumer under test", () -> new Shaky(lives.incrementAndGet()));

  @AfterEach
  void close() {
    closing.countDown();
    thread.close();
  }

  @Test
  void a_consumer_that_fails_is_made_anew_whether_by_an_exception_or_an_error() {
    thread.start();
    await().until(() -> thread.trouble().isEmpty());
    assertEquals(3, lives.get());
    assertEquals(2, abandoned.get());
  }

  /// The first two of its kind break in their first turn.
  private final class Shaky implements ConsumerThread.Life {
    private final int number;

    Shaky(int number) {
      this.number = number;
    }

    @Override
    public void turn(boolean takeMore) throws InterruptedException {
      if (number == 1) throw new IllegalStateException("a bug");
      if (number == 2) throw new StackOverflowError();
      var _ = closing.await(20, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean holdsNothing() {
      return true;
    }

    @Override
    public Optional<String> trouble() {
      return Optional.empty();
    }

    @Override
    public void close() {}

    @Override
    public void abandon() {
      abandoned.incrementAndGet();
    }
  }
}
