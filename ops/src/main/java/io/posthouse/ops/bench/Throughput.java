package io.posthouse.ops.bench;

import io.posthouse.ops.cli.Table;
import java.time.Duration;

/// How fast a role went through a backlog.
///
/// @param troubles deferrals, bounces and faults on the way
/// @param took from the first message done to the last: without the start of the role
/// @param secondHalf the part of it that the second half of the messages took: by then the virtual
///   machine has compiled what it runs, as in a role that has been up for a minute
/// @param each how long each message took
record Throughput(int messages, int troubles, Duration took, Duration secondHalf, Latencies each) {
  /// Messages a second; the first one only starts the clock.
  double perSecond() {
    return rate(messages - 1, took);
  }

  /// Of the second half.
  double perSecondAtLast() {
    return rate(messages / 2, secondHalf);
  }

  /// All of it, as a command prints it.
  ///
  /// @param among what the backlog was shared out among, and `howMany` of that
  /// @param trouble what a trouble of this role is called
  Table table(String among, int howMany, String trouble) {
    var table =
        new Table(
            "messages", among, trouble, "seconds", "messages/s", "p50 ms", "p99 ms", "2nd half/s");
    table.row(
        messages,
        howMany,
        troubles,
        Figures.seconds(took),
        Math.round(perSecond()),
        Figures.millis(each.percentile(50)),
        Figures.millis(each.percentile(99)),
        Math.round(perSecondAtLast()));
    return table;
  }

  private static double rate(int messages, Duration time) {
    return time.isZero() ? 0 : messages / (time.toNanos() / 1e9);
  }
}
