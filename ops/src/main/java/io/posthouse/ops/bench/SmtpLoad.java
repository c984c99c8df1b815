package io.posthouse.ops.bench;

import io.posthouse.config.HostPort;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Many sessions that send mail to one server.
///
/// @param messages in all, shared out among the sessions as they go
record SmtpLoad(
    HostPort server,
    int sessions,
    int messages,
    Manner manner,
    SampleMail mail,
    String from,
    String to) {
  /// How the sessions go about it.
  ///
  /// @param perConnection messages after which a session connects anew
  /// @param perSecond messages sent a second by all sessions together; 0 for as fast as the server
  ///   answers
  record Manner(int perConnection, LoadTls tls, int perSecond) {
    /// One connection a session, in the clear, as fast as the server answers.
    static final Manner PLAIN = new Manner(Integer.MAX_VALUE, LoadTls.OFF, 0);
  }

  /// What came of it. `accepted` counts the 250s after the content.
  record Result(
      int accepted, int refused, Duration took, Latencies contentTo250, String firstTrouble) {
    double perSecond() {
      return accepted / (took.toNanos() / 1e9);
    }
  }

  Result run() throws InterruptedException {
    var tally = new Tally(messages, manner.perSecond());
    var stamp = mail.stamp();
    var started = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < sessions; i++)
        threads.execute(new LoadSession(this, tally, stamp.copy()));
    }
    return tally.result(Duration.ofNanos(System.nanoTime() - started));
  }

  /// What all sessions of a run share.
  static final class Tally {
    private final int messages;
    private final int perSecond;
    private final long started = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Latencies contentTo250;
    private volatile String firstTrouble = "";

    Tally(int messages, int perSecond) {
      this.messages = messages;
      this.perSecond = perSecond;
      contentTo250 = new Latencies(messages);
    }

    /// The number of the next message, or -1 when all are sent.
    int nextMessage() {
      var n = next.getAndIncrement();
      return n < messages ? n : -1;
    }

    /// Returns when message `n` is to be sent.
    ///
    /// @return that moment by the nano clock; 0 where messages have none
    long awaitDue(int n) throws InterruptedException {
      if (perSecond == 0) return 0;
      var due = started + n * 1_000_000_000L / perSecond;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      return due;
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
