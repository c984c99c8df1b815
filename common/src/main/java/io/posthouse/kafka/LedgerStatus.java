package io.posthouse.kafka;

import java.time.Duration;

/// How a [LedgerReader] is doing, as of a second ago at most.
///
/// @param partitions it reads
/// @param records taken and not settled
/// @param octets of those
/// @param longestSpan of all partitions, in offsets
/// @param oldest how long the oldest of those has been taken
/// @param lag records that wait in the partitions it reads and are not taken yet
/// @param commitFailures since the start
public record LedgerStatus(
    int partitions,
    int records,
    long octets,
    long longestSpan,
    Duration oldest,
    long lag,
    long commitFailures) {
  static final LedgerStatus NOTHING = new LedgerStatus(0, 0, 0, 0, Duration.ZERO, 0, 0);
}
