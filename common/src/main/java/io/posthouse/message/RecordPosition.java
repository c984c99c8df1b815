package io.posthouse.message;

/// One record of the queue, for as long as it is retained.
public record RecordPosition(String topic, int partition, long offset) {
  public RecordPosition {
    if (topic.isEmpty()) throw new IllegalArgumentException("topic: none (expected: a name)");
    if (partition < 0)
      throw new IllegalArgumentException("partition: " + partition + " (expected: 0 or more)");
    if (offset < 0)
      throw new IllegalArgumentException("offset: " + offset + " (expected: 0 or more)");
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
