package io.posthouse.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a [LedgerReader] reads, and how much of it at a time.
///
/// @param group the consumer group that shares the topics
/// @param instance this member's name in the group, the same after every restart
/// @param mostRecords taken and not settled at one time, over all partitions
/// @param mostOctets of those records; one that is longer than this is taken alone
/// @param longestSpan how far a partition goes on beyond its oldest unsettled record
/// @param revokeWait how long a partition that goes to another member waits for what is in flight
/// @param claims how the other members are told of what is in flight still; empty where it does no
///   harm if they take it, too
public record LedgerSettings(
    String group,
    String instance,
    List<String> topics,
    int mostRecords,
    long mostOctets,
    int longestSpan,
    Duration revokeWait,
    Optional<ClaimTerms> claims) {
  public LedgerSettings {
    topics = List.copyOf(topics);
    positive("most records", mostRecords);
    positive("most octets", mostOctets);
    positive("longest span", longestSpan);
  }

  /// 2,000 records, 64 MiB, 5 s; and 200,000 offsets: one partition read at 5,000/s goes on for 40
  /// s, longer than a connect time-out, and 2,000 open offsets among so many still fit into a
  /// commit.
  public static LedgerSettings of(String group, String instance, List<String> topics) {
    return new LedgerSettings(
        group,
        instance,
        topics,
        2_000,
        64L << 20,
        200_000,
        Duration.ofSeconds(5),
        Optional.empty());
  }

  public LedgerSettings withMost(int records, long octets) {
    return new LedgerSettings(
        group, instance, topics, records, octets, longestSpan, revokeWait, claims);
  }

  public LedgerSettings withLongestSpan(int offsets) {
    return new LedgerSettings(
        group, instance, topics, mostRecords, mostOctets, offsets, revokeWait, claims);
  }

  public LedgerSettings withRevokeWait(Duration wait) {
    return new LedgerSettings(
        group, instance, topics, mostRecords, mostOctets, longestSpan, wait, claims);
  }

  public LedgerSettings withClaims(ClaimTerms terms) {
    return new LedgerSettings(
        group,
        instance,
        topics,
        mostRecords,
        mostOctets,
        longestSpan,
        revokeWait,
        Optional.of(terms));
  }

  private static void positive(String what, long value) {
    if (value < 1)
      throw new IllegalArgumentException(what + ": " + value + " (expected: 1 or more)");
  }
}
