package io.posthouse.message;

/// One record of the queue, for as long as it is retained.
public record RecordPosition(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
