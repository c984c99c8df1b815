package io.posthouse.kafka;

import io.posthouse.config.ByteSize;
import io.posthouse.config.Settings;
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
    if (linger.isNegative() || linger.multipliedBy(10).compareTo(patience) > 0)
      throw new IllegalArgumentException(
          "linger: " + linger + " (expected: 0 to a tenth of the patience)");
  }

  /// The section `kafka.sending`.
  public static Sending read(Settings in) {
    return new Sending(
        in.about("until a message Kafka has not taken is answered with 451")
            .duration("patience", Duration.ofSeconds(1), Duration.ofMinutes(5), DEFAULT.patience()),
        in.about("messages on their way into Kafka; more are answered with 451 at once")
            .size("memory", ByteSize.mib(4), ByteSize.mib(1024), new ByteSize(DEFAULT.memory()))
            .bytes(),
        in.about("how long a batch waits for more messages")
            .duration("linger", Duration.ZERO, Duration.ofMillis(100), DEFAULT.linger()));
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
