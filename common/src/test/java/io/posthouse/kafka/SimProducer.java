package io.posthouse.kafka;

import io.posthouse.kafka.SimFaults.BrokenRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/// A producer of transactions, each of which is written as a whole or not at all.
final class SimProducer extends MockProducer<byte[], byte[]> {
  private final SimConsumer member;
  private final SimGroup group;
  private final SimLog log;
  private final SimFaults faults;
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

  SimProducer(SimConsumer member, SimGroup group, SimLog log, SimFaults faults) {
    this.member = member;
    this.group = group;
    this.log = log;
    this.faults = faults;
  }

  @Override
  public void beginTransaction() {
    sent.clear();
    offsets.clear();
  }

  @Override
  public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    sent.add(record);
    return new CompletableFuture<>();
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> places, ConsumerGroupMetadata member) {
    offsets.putAll(places);
    if (faults.breaks(BrokenRule.FORGETS_HOW_FAR_IT_SWEPT))
      offsets.replaceAll((_, at) -> new OffsetAndMetadata(at.offset()));
  }

  @Override
  public void commitTransaction() {
    if (faults.kills()) throw new SimCrash();
    if (!group.isMember(member)) throw new CommitFailedException();
    for (var record : sent) log.append(record.topic(), record.key(), record.value());
    if (faults.breaks(BrokenRule.MOVES_AND_FORGETS) && faults.kills()) throw new SimCrash();
    group.commit(offsets);
    sent.stream()
        .map(ProducerRecord::topic)
        .distinct()
        .flatMap(t -> log.of(t).stream())
        .forEach(log::mark);
    if (faults.kills()) throw new SimCrash();
  }

  @Override
  public void close(Duration timeout) {}
}
