package io.posthouse.kafka;

import io.posthouse.kafka.QueueScanner.Progress;
import io.posthouse.message.Envelope;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.DeadLetter;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.Topics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// One pass over the dead letters that puts some of them into the queue again.
public final class DeadLetterReplay {
  private final ReplayWriter writer;
  private final Topics topics;
  private final ContentCarrier contents;
  private final ReplayOrder order;
  private final Observer observer;
  private final InstantSource clock;
  private final Map<TopicPartition, DeadLetterMarks> marks = new HashMap<>();
  private final long began = System.nanoTime();
  private long done;

  DeadLetterReplay(
      ReplayWriter writer,
      Topics topics,
      ContentCarrier contents,
      ReplayOrder order,
      Observer observer,
      InstantSource clock) {
    this.writer = writer;
    this.topics = topics;
    this.contents = contents;
    this.order = order;
    this.observer = observer;
    this.clock = clock;
  }

  /// What became of a letter.
  public sealed interface Answer {
    /// It is in the queue; in a preview, it could be.
    record Done(Envelope envelope) implements Answer {}

    /// It remains a dead letter; `why` is for the operator.
    record NotDone(LeftOut reason, String why) implements Answer {}
  }

  /// Hears of each letter that was wanted. What a replay has done is durable then.
  @FunctionalInterface
  public interface Observer {
    void became(DeadLetter letter, Answer answer);
  }

  /// What is done with a message that can be read.
  @FunctionalInterface
  interface Deed {
    Envelope of(Envelope envelope) throws IOException;
  }

  /// What becomes of a letter with whose message that is done.
  static Answer answer(DeadLetter letter, Deed deed) {
    try {
      return new Answer.Done(deed.of(letter.envelope()));
    } catch (MalformedRecord unreadable) {
      return new Answer.NotDone(LeftOut.UNREADABLE, "cannot be read: " + unreadable.getMessage());
    } catch (ContentGone gone) {
      return new Answer.NotDone(LeftOut.CONTENT_GONE, "content is gone: " + gone.getMessage());
    } catch (IOException unreachable) {
      return new Answer.NotDone(
          LeftOut.CONTENT_UNREACHABLE, "content cannot be read now: " + unreachable.getMessage());
    }
  }

  void run(LogReader reader, Predicate<DeadLetter> wanted, ReplayPace pace, Progress progress)
      throws InterruptedException {
    var from = new HashMap<TopicPartition, Long>();
    var spans =
        reader.resumptions(List.of(topics.dead())).entrySet().stream()
            .flatMap(entry -> span(entry.getKey(), entry.getValue()).stream())
            .toList();
    spans.forEach(span -> from.put(span.id(), span.from()));
    reader.begin(spans);
    for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      replay(batch, wanted, from, reader);
      from.putAll(reader.positions());
      DeadLetterBox.tell(progress, reader, spans);
      pace.await(done, began);
    }
  }

  private List<Span> span(TopicPartition id, Resumption at) {
    var note = at.with(CommitNote.at(at.begin()));
    marks.put(id, new DeadLetterMarks(note));
    return Span.some(id, note.watermark(), at.end());
  }

  private void replay(
      List<ConsumerRecord<byte[], byte[]>> batch,
      Predicate<DeadLetter> wanted,
      Map<TopicPartition, Long> from,
      LogReader reader) {
    var answers = new LinkedHashMap<DeadLetter, Answer>();
    var open = new HashMap<TopicPartition, SortedSet<Long>>();
    for (var record : batch) {
      var id = new TopicPartition(record.topic(), record.partition());
      if (marks(id).isReplayed(record.offset())) continue;
      var letter = DeadLetterBox.letter(record);
      var isDone = wanted.test(letter) && replay(letter, answers) instanceof Answer.Done;
      if (!isDone) open.computeIfAbsent(id, _ -> new TreeSet<>()).add(record.offset());
    }
    var commits = commits(from, reader.positions(), open);
    var replayed = answers.values().stream().filter(Answer.Done.class::isInstance).count();
    if (replayed > 0) writer.commit(commits, reader.group());
    done += replayed;
    answers.forEach(observer::became);
  }

  private Map<TopicPartition, OffsetAndMetadata> commits(
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to,
      Map<TopicPartition, SortedSet<Long>> open) {
    var commits = new HashMap<TopicPartition, OffsetAndMetadata>();
    to.forEach((id, next) -> {
      var begin = from.getOrDefault(id, next);
      if (begin >= next) return;
      marks(id).passed(begin, next, open.getOrDefault(id, new TreeSet<>()));
      commits.put(id, marks(id).commit());
    });
    return commits;
  }

  private DeadLetterMarks marks(TopicPartition id) {
    return marks.computeIfAbsent(id, _ -> new DeadLetterMarks(CommitNote.at(0)));
  }

  private Answer replay(DeadLetter letter, Map<DeadLetter, Answer> answers) {
    var answer = answer(letter, envelope -> replay(envelope, letter));
    answers.put(letter, answer);
    return answer;
  }

  private Envelope replay(Envelope envelope, DeadLetter letter) throws IOException {
    var carried = contents.carried(envelope);
    // With a due time nobody takes it for a message on its first way.
    writer.add(DueRecords.fanned(Replayed.back(carried, clock.instant()), topics));
    writer.events().record(Replayed.event(carried, letter.at(), order));
    return carried;
  }
}
