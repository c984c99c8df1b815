package io.posthouse.kafka;

/// What became of a record.
sealed interface Sent {
  /// On as many brokers as must acknowledge.
  record Durable(int partition, long offset) implements Sent {}

  /// Not durable as far as we know: Kafka may yet have it.
  record Lost(String why) implements Sent {}

  /// Kafka will never take it.
  record TooLong(String why) implements Sent {}
}
