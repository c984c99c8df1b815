package io.posthouse.kafka;

import io.posthouse.kafka.QueueScanner.Progress;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.DeadLetter;
import io.posthouse.queue.DeadLetterCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// The dead letters of a cluster: what we could not handle, until an operator has it handled again.
public final class DeadLetterBox {
  /// Letters in memory at a time.
  private static final int MOST = 50;

  private final KafkaCluster cluster;
  private final InstantSource clock;

  public DeadLetterBox(KafkaCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// Hears of the letters, one after the other.
  @FunctionalInterface
  public interface Visitor {
    /// The next letter.
    ///
    /// @param replayed whether somebody has put it into the queue again
    void see(DeadLetter letter, boolean replayed);
  }

  /// Every letter there is now; those of a partition in their order.
  public void each(Visitor visitor, Progress progress) throws KafkaUnreachable {
    Inquiry.expect(cluster, cluster.topics().dead());
    try (var reader = reader(MOST)) {
      var notes = reader.resumptions(topics());
      var spans = reader.whole(topics());
      reader.begin(spans);
      for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
        for (var record : batch) {
          var id = new TopicPartition(record.topic(), record.partition());
          var note = notes.get(id);
          visitor.see(letter(record), note != null && note.note().settled(record.offset()));
        }
        tell(progress, reader, spans);
      }
    } catch (KafkaException e) {
      throw new KafkaUnreachable(cluster, e);
    }
  }

  /// Says what [#replay] would do now. Nothing is changed.
  ///
  /// @param wanted which of those that nobody has replayed
  /// @param observer hears what would become of each
  public void preview(
      Predicate<DeadLetter> wanted,
      ContentCarrier contents,
      DeadLetterReplay.Observer observer,
      Progress progress)
      throws KafkaUnreachable {
    each(
        (letter, replayed) -> {
          if (!replayed && wanted.test(letter))
            observer.became(letter, DeadLetterReplay.answer(letter, contents::found));
        },
        progress);
  }

  /// Puts letters into the queue again, each once whoever does it at the same time and wherever it
  /// breaks off: what was put there is remembered in the same transaction.
  ///
  /// Who begins ends what is under way elsewhere.
  ///
  /// @param wanted which of those that nobody has replayed
  /// @param observer hears what became of each
  /// @throws ReplayTakenOver if somebody else has begun
  public void replay(
      Predicate<DeadLetter> wanted,
      ContentCarrier contents,
      ReplayOrder order,
      ReplayPace pace,
      DeadLetterReplay.Observer observer,
      Progress progress)
      throws KafkaUnreachable, InterruptedException {
    Inquiry.expect(cluster, cluster.topics().dead());
    try (var writer = new ReplayWriter(cluster, group(), order.node(), clock);
        var reader = reader(Math.min(MOST, pace.recordsAtATime()))) {
      new DeadLetterReplay(writer, cluster.topics(), contents, order, observer, clock)
          .run(reader, wanted, pace, progress);
    } catch (KafkaException e) {
      if (ReplayTakenOver.isIn(e)) throw ReplayTakenOver.ofDeadLetters();
      throw new KafkaUnreachable(cluster, e);
    }
  }

  static void tell(Progress progress, LogReader reader, List<Span> spans) {
    var total = spans.stream().mapToLong(Span::length).sum();
    progress.at(total - reader.left(), total);
  }

  static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    return DeadLetterCodec.decode(
        new RecordPosition(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        DueRecords.valueOf(record));
  }

  private LogReader reader(int most) {
    return new LogReader(cluster, group(), most);
  }

  private List<String> topics() {
    return List.of(cluster.topics().dead());
  }

  private String group() {
    return new ConsumerGroups(cluster.topics()).dead();
  }
}
