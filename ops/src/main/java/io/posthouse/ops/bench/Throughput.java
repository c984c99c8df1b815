package io.posthouse.ops.bench;

import io.posthouse.ops.cli.Table;
import java.time.Duration;

/// How fast a role went through a backlog.
///
/// @param troubles deferrals, bounces and faults on the way
/// @param took from the first message done to the last: without the start of the role
/// @param each how long each message took
record Throughput(int messages, int troubles, Duration took, Latencies each) {
  /// Messages a second; the first one only starts the clock.
  double perSecond() {
    return took.isZero() ? 0 : (messages - 1) / (took.toNanos() / 1e9);
  }

  /// All of it, as a command prints it.
  ///
  /// @param among what the backlog was shared out among, and `howMany` of that
  /// @param trouble what a trouble of this role is called
  Table table(String among, int howMany, String trouble) {
    var table = new Table("messages", among, trouble, "seconds", "messages/s", "p50 ms", "p99 ms");
    table.row(
        messages,
        howMany,
        troubles,
        Figures.seconds(took),
        Math.round(perSecond()),
        Figures.millis(each.percentile(50)),
        Figures.millis(each.percentile(99)));
    return table;
  }
}
