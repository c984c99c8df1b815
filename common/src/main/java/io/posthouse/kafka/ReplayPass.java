package io.posthouse.kafka;

import io.posthouse.kafka.QueueScanner.Progress;
import io.posthouse.kafka.ReplayJudge.Judgement;
import io.posthouse.message.Content;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// One pass over the span of a replay, window by window: so much of it as there are candidates at a
/// time, of whom is asked at once what became of them.
final class ReplayPass {
  private final ReplayPlan plan;
  private final LogReader reader;
  private final Optional<Fates> fates;
  private final Predicate<Content> isGone;
  private final Sink sink;
  private final Progress progress;

  /// @param fates empty where nothing depends on them
  ReplayPass(
      ReplayPlan plan,
      LogReader reader,
      Optional<Fates> fates,
      Predicate<Content> isGone,
      Sink sink,
      Progress progress) {
    this.plan = plan;
    this.reader = reader;
    this.fates = fates;
    this.isGone = isGone;
    this.sink = sink;
    this.progress = progress;
  }

  /// Who knows what became of recipients.
  interface Fates {
    /// Marks those that are in the queue, that have the message, and that never will.
    void settle(Candidates candidates) throws KafkaUnreachable;
  }

  /// What is done with what was judged.
  interface Sink {
    void judged(ConsumerRecord<byte[], byte[]> record, Judgement judgement);

    /// All below these offsets was judged.
    void passed(Map<TopicPartition, Long> positions) throws InterruptedException;
  }

  void run(List<Span> spans) throws KafkaUnreachable, InterruptedException {
    var total = spans.stream().mapToLong(Span::length).sum();
    var rest = spans;
    while (!rest.isEmpty()) {
      var window = fates.isEmpty() ? everything(rest) : window(rest, fates.get());
      judge(window, total, length(rest) - length(window.spans()));
      rest = behind(rest, window.spans());
    }
    progress.at(total, total);
  }

  /// @param spans of the log, with all candidates in them
  private record Window(List<Span> spans, Candidates candidates) {}

  private static Window everything(List<Span> spans) {
    return new Window(spans, new Candidates());
  }

  private Window window(List<Span> rest, Fates fates) throws KafkaUnreachable {
    var candidates = new Candidates();
    var judge = new ReplayJudge(plan, candidates, isGone);
    reader.begin(rest);
    for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      batch.forEach(record -> collect(record, judge, candidates));
      if (candidates.isFull()) break;
    }
    var ends = reader.positions();
    if (!candidates.isEmpty()) fates.settle(candidates);
    var spans =
        rest.stream()
            .flatMap(span ->
                Span.some(span.id(), span.from(), ends.getOrDefault(span.id(), span.to())).stream())
            .toList();
    return new Window(spans, candidates);
  }

  private static void collect(
      ConsumerRecord<byte[], byte[]> record, ReplayJudge judge, Candidates candidates) {
    try {
      var envelope = EnvelopeCodec.decode(DueRecords.valueOf(record));
      if (judge.isCandidate(envelope)) candidates.add(envelope);
    } catch (MalformedRecord unreadable) {
      // The second look says so.
    }
  }

  private void judge(Window window, long total, long leftBehind) throws InterruptedException {
    var judge = new ReplayJudge(plan, window.candidates(), isGone);
    reader.begin(window.spans());
    for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      batch.forEach(record -> sink.judged(record, judgement(judge, record)));
      sink.passed(reader.positions());
      progress.at(total - leftBehind - reader.left(), total);
    }
    sink.passed(reader.positions());
  }

  private static Judgement judgement(ReplayJudge judge, ConsumerRecord<byte[], byte[]> record) {
    try {
      return judge.judge(EnvelopeCodec.decode(DueRecords.valueOf(record)));
    } catch (MalformedRecord e) {
      return new Judgement.Leave(LeftOut.UNREADABLE);
    }
  }

  private static List<Span> behind(List<Span> all, Collection<Span> done) {
    return all.stream()
        .flatMap(span -> {
          var to =
              done.stream()
                  .filter(part -> part.id().equals(span.id()))
                  .mapToLong(Span::to)
                  .findFirst()
                  .orElse(span.from());
          return Span.some(span.id(), to, span.to()).stream();
        })
        .toList();
  }

  private static long length(List<Span> spans) {
    return spans.stream().mapToLong(Span::length).sum();
  }
}
