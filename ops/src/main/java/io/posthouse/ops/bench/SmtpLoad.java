package io.posthouse.ops.bench;

import io.posthouse.config.HostPort;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Many sessions that send mail to one server as fast as it answers.
///
/// @param messages in all, shared out among the sessions as they go
/// @param perConnection messages after which a session connects anew
record SmtpLoad(
    HostPort server,
    int sessions,
    int messages,
    int perConnection,
    SampleMail mail,
    String from,
    String to) {

  /// What came of it. `accepted` counts the 250s after the content.
  record Result(
      int accepted, int refused, Duration took, Latencies contentTo250, String firstTrouble) {
    double perSecond() {
      return accepted / (took.toNanos() / 1e9);
    }
  }

  Result run() throws InterruptedException {
    var tally = new Tally(messages);
    var started = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < sessions; i++) threads.execute(new LoadSession(this, tally));
    }
    return tally.result(Duration.ofNanos(System.nanoTime() - started));
  }

  /// What all sessions of a run share.
  static final class Tally {
    private final int messages;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Latencies contentTo250;
    private volatile String firstTrouble = "";

    Tally(int messages) {
      this.messages = messages;
      contentTo250 = new Latencies(messages);
    }

    /// The number of the next message, or -1 when all are sent.
    int nextMessage() {
      var n = next.getAndIncrement();
      return n < messages ? n : -1;
    }

    void accepted(long waitedNanos) {
      contentTo250.add(waitedNanos);
    }

    void refused(String trouble) {
      refused.incrementAndGet();
      if (firstTrouble.isEmpty()) firstTrouble = trouble;
    }

    private Result result(Duration took) {
      return new Result(contentTo250.count(), refused.get(), took, contentTo250, firstTrouble);
    }
  }
}
