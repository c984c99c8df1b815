package io.posthouse.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// The partitions of a simulated cluster. Nothing in them is ever lost.
final class SimLog {
  private final SimTime time;
  private final Map<String, Integer> widths = new TreeMap<>();
  private final Map<TopicPartition, List<Optional<ConsumerRecord<byte[], byte[]>>>> logs =
      new HashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();

  SimLog(SimTime time) {
    this.time = time;
  }

  void create(String topic, int partitions) {
    widths.put(topic, partitions);
    of(topic).forEach(id -> logs.put(id, new ArrayList<>()));
  }

  List<TopicPartition> of(String topic) {
    return IntStream.range(0, widths.getOrDefault(topic, 0))
        .mapToObj(i -> new TopicPartition(topic, i))
        .toList();
  }

  /// Hears whenever there is something new.
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  void append(String topic, byte[] key, byte[] value) {
    var partition = Math.floorMod(Arrays.hashCode(key), widths.getOrDefault(topic, 1));
    var id = new TopicPartition(topic, partition);
    var log = log(id);
    log.add(Optional.of(record(id, log.size(), key, value)));
    listeners.forEach(Runnable::run);
  }

  /// The end of a transaction takes an offset, too.
  void mark(TopicPartition id) {
    log(id).add(Optional.empty());
  }

  long end(TopicPartition id) {
    return log(id).size();
  }

  /// The record there; empty where there is a marker.
  Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition id, long offset) {
    return log(id).get((int) offset);
  }

  Stream<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return of(topic).stream().flatMap(id -> log(id).stream()).flatMap(Optional::stream);
  }

  private List<Optional<ConsumerRecord<byte[], byte[]>>> log(TopicPartition id) {
    return logs.getOrDefault(id, List.of());
  }

  private ConsumerRecord<byte[], byte[]> record(
      TopicPartition id, long offset, byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        id.topic(),
        id.partition(),
        offset,
        time.millis(),
        TimestampType.LOG_APPEND_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
