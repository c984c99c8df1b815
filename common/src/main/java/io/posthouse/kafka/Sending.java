package io.posthouse.kafka;

import java.time.Duration;

/// How records are sent.
///
/// @param patience until a record that is not durable is given up; the client of an edge waits so
///   long for its 451, and a crashed broker (3-6 s until it is fenced) should fit in
/// @param memory octets of records that may wait for Kafka; what exceeds them is refused at once
/// @param linger how long a batch waits for company; with a flush per append, company is what makes
///   it cheap
public record Sending(Duration patience, long memory, Duration linger) {
  public static final Sending DEFAULT =
      new Sending(Duration.ofSeconds(25), 64L << 20, Duration.ofMillis(2));

  public Sending {
    if (patience.toMillis() < 1000)
      throw new IllegalArgumentException("patience: " + patience + " (expected: 1s or more)");
    if (memory < 4 << 20)
      throw new IllegalArgumentException("memory: " + memory + " (expected: 4 MiB or more)");
    if (linger.isNegative())
      throw new IllegalArgumentException("linger: " + linger + " (expected: 0 or more)");
  }

  public Sending withPatience(Duration other) {
    return new Sending(other, memory, linger);
  }

  public Sending withMemory(long other) {
    return new Sending(patience, other, linger);
  }

  public Sending withLinger(Duration other) {
    return new Sending(patience, memory, other);
  }
}
