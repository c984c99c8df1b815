package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directive.Act;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// A directive is done to all that waits in a partition, a few messages with each poll.
class PipeLifeTest {
  private static final String WAITING = "retry.1h";
  private static final String DUE = "remote.due";
  private static final int MESSAGES = 100;

  private final SimTime time = new SimTime();
  private final SimLog log = new SimLog(time);
  private final SlowEvents events = new SlowEvents();
  private final DropsAll rule = new DropsAll();

  @Test
  void a_sweep_waits_where_nobody_takes_its_events_and_goes_on_when_somebody_does()
      throws Exception {
    var pipe = pipe();
    while (moved() == 0) pipe.turn(true);
    var before = rule.swept.size();
    for (int i = 0; i < 4; i++) pipe.turn(true);
    assertEquals(before, rule.swept.size(), "nothing more is in memory");
    assertTrue(before < MESSAGES);

    events.kept.complete(null);
    while (moved() < MESSAGES) pipe.turn(true);
    assertEquals(LongStream.range(0, MESSAGES).boxed().toList(), rule.swept);
  }

  private PipeLife pipe() {
    log.create(WAITING, 1);
    log.create(DUE, 1);
    for (int i = 0; i < MESSAGES; i++) log.append(WAITING, new byte[] {'k'}, new byte[] {(byte) i});
    var group = new SimGroup(time, log.of(WAITING));
    var faults = new SimFaults(new Random(1));
    faults.end();
    var consumer = new SimConsumer("a", group, log, time, faults, _ -> {});
    var producer = new SimProducer(consumer, group, log, faults);
    return new PipeLife(
        new PipeClients(consumer, producer), List.of(WAITING), rule, events, time, _ -> {});
  }

  private long moved() {
    return log.records(DUE).count();
  }

  /// Takes none until it says so.
  private static final class SlowEvents implements Events {
    private final CompletableFuture<Void> kept = new CompletableFuture<>();

    @Override
    public void record(MailEvent event) {}

    @Override
    public CompletionStage<Void> kept(QueueId message) {
      return kept;
    }
  }

  /// Waits for ever, and has each leave when an order is done to it.
  private final class DropsAll implements PipeRule {
    private final List<Long> swept = new ArrayList<>();

    @Override
    public Task step(ConsumerRecord<byte[], byte[]> record, long done) {
      return new Step(record.offset(), time.instant().plusSeconds(3_600), List.of());
    }

    @Override
    public Step sweep(ConsumerRecord<byte[], byte[]> record, long done, long upTo) {
      swept.add(record.offset());
      var moved = new ProducerRecord<>(DUE, record.key(), record.value());
      var told =
          new MailEvent.Directed(
              Samples.queueId(),
              List.of(Samples.CAROL.address()),
              new Act.Drop(),
              "act-1",
              "olga",
              "spam");
      return new Step(record.offset(), Instant.EPOCH, List.of(moved), List.of(told));
    }

    @Override
    public long newestDirective() {
      return 7;
    }
  }
}
