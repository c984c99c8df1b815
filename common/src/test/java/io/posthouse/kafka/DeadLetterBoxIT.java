package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.DeadLetterReplay.Answer;
import io.posthouse.kafka.QueueScanner.Progress;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.DeadLetter;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterBoxIT {
  private static final ReplayOrder ORDER =
      new ReplayOrder("r1", "node-1", "olga", Optional.empty());

  private TestQueue queue;
  private KafkaMailQueue mail;
  private KafkaContentStore contents;
  private DeadLetterBox box;

  @BeforeEach
  void topics() {
    queue = TestQueue.fresh(DeadLetterBoxIT.class);
    var topics = queue.topics();
    queue.create(
        2,
        topics.dead(),
        topics.remote(),
        topics.remoteDue(),
        topics.localDue(),
        topics.content(),
        topics.events());
    mail = TestTopics.queue(queue.cluster(), Sending.DEFAULT, "worker-1");
    mail.start();
    contents = new KafkaContentStore(queue.cluster(), 1, Duration.ofSeconds(20));
    box = new DeadLetterBox(queue.cluster(), InstantSource.system());
  }

  @AfterEach
  void close() {
    contents.close();
    mail.close();
    queue.close();
  }

  @Test
  void a_letter_is_listed_with_its_message_its_reason_and_where_it_was() throws Exception {
    var message = Samples.message(Samples.ALICE);
    var origin = new RecordPosition(queue.topics().remote(), 1, 7);
    bury(origin, EnvelopeCodec.encode(message), "our own error");
    bury(origin, new byte[] {7}, "not an envelope");
    var reasons = new ArrayList<String>();
    for (var letter : letters().keySet()) {
      assertEquals(Optional.of(origin), letter.origin());
      reasons.add(letter.reason());
      if (letter.reason().equals("our own error"))
        assertEquals(message.queueId(), letter.envelope().queueId());
    }
    assertEquals(Set.of("our own error", "not an envelope"), new HashSet<>(reasons));
    assertEquals(2, reasons.size());
  }

  @Test
  void a_letter_goes_where_its_mail_is_handled_and_never_twice() throws Exception {
    var local = buried(Samples.message(Samples.ALICE));
    var remote = buried(Samples.message(Samples.CAROL));
    assertEquals(2, done(replay(_ -> true)));
    assertEquals(Set.of(local), ids(queue.topics().localDue()));
    assertEquals(Set.of(remote), ids(queue.topics().remoteDue()));
    assertTrue(queue.envelopes(queue.topics().remoteDue()).getFirst().resumed().isPresent());
    assertEquals(0, replay(_ -> true).size());
    assertEquals(2, letters().values().stream().filter(replayed -> replayed).count());
    assertEquals(2, queue.read(queue.topics().events()).size());
  }

  @Test
  void one_letter_of_many_is_replayed_and_the_others_remain() throws Exception {
    var all = new ArrayList<QueueId>();
    for (int i = 0; i < 120; i++) all.add(buried(Samples.message(Samples.ALICE)));
    var one = all.get(60);
    assertEquals(1, done(replay(letter -> id(letter).equals(one))));
    assertEquals(Set.of(one), ids(queue.topics().localDue()));
    assertEquals(1, letters().values().stream().filter(replayed -> replayed).count());
    assertEquals(119, done(replay(_ -> true)));
    assertEquals(120, queue.read(queue.topics().localDue()).size());
  }

  @Test
  void with_a_pace_no_more_are_put_at_once_than_it_allows_in_a_second() throws Exception {
    for (int i = 0; i < 4; i++) buried(Samples.message(Samples.ALICE));
    var there = new ArrayList<Integer>();
    box.replay(
        _ -> true,
        carrier(),
        ORDER,
        new ReplayPace(2),
        (_, _) -> there.add(queue.read(queue.topics().localDue()).size()),
        (_, _) -> {});
    assertTrue(there.getFirst() <= 2, there::toString);
    assertEquals(4, there.getLast());
  }

  @Test
  void a_preview_says_of_each_letter_what_a_replay_would_and_changes_nothing() throws Exception {
    buried(Samples.message(Samples.CAROL));
    bury(new RecordPosition(queue.topics().remote(), 1, 7), new byte[] {7}, "not an envelope");
    buriedWithout(Samples.message(Samples.CAROL));
    var previewed = new ArrayList<Answer>();
    box.preview(_ -> true, carrier(), (_, answer) -> previewed.add(answer), (_, _) -> {});
    assertEquals(1, done(previewed));
    assertEquals(List.of(false, false, false), List.copyOf(letters().values()));
    assertEquals(0, queue.read(queue.topics().remoteDue()).size());
    var reasons = Set.of(LeftOut.UNREADABLE, LeftOut.CONTENT_GONE);
    assertEquals(reasons, reasons(previewed));
    var replayed = replay(_ -> true);
    assertEquals(1, done(replayed));
    assertEquals(reasons, reasons(replayed));
    // What is replayed is nothing that anybody could replay again.
    previewed.clear();
    box.preview(_ -> true, carrier(), (_, answer) -> previewed.add(answer), (_, _) -> {});
    assertEquals(0, done(previewed));
    assertEquals(2, previewed.size());
  }

  @Test
  void who_waits_hears_how_far_it_is() throws Exception {
    for (int i = 0; i < 120; i++) buried(Samples.message(Samples.ALICE));
    var heard = new ArrayList<Long>();
    Progress progress =
        (done, total) -> {
          assertEquals(120, total);
          heard.add(done);
        };
    box.each((_, _) -> {}, progress);
    assertAllHeard(heard);
    heard.clear();
    box.replay(_ -> true, carrier(), ORDER, new ReplayPace(0), (_, _) -> {}, progress);
    assertAllHeard(heard);
  }

  private static void assertAllHeard(List<Long> heard) {
    assertTrue(heard.size() > 2, heard::toString);
    assertEquals(heard.stream().sorted().toList(), heard);
    assertEquals(120, heard.getLast());
  }

  @Test
  void two_operators_at_once_replay_each_letter_once() throws Exception {
    for (int i = 0; i < 200; i++) buried(Samples.message(Samples.ALICE));
    try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3; i++) {
        var _ = operators.submit(() -> replay(_ -> true));
      }
    }
    // Who was overtaken has put nothing there that counts.
    replay(_ -> true);
    assertEquals(200, queue.read(queue.topics().localDue()).size());
    assertEquals(200, ids(queue.topics().localDue()).size());
  }

  @Test
  void whom_another_operator_overtakes_hears_so_and_has_heard_of_all_that_he_has_done()
      throws Exception {
    for (int i = 0; i < 120; i++) buried(Samples.message(Samples.ALICE));
    var here = new ArrayList<Answer>();
    var there = new ArrayList<Answer>();
    var ended =
        assertThrows(
            ReplayTakenOver.class,
            () ->
                box.replay(
                    _ -> true,
                    carrier(),
                    ORDER,
                    new ReplayPace(0),
                    (_, answer) -> {
                      if (here.isEmpty()) there.addAll(overtake());
                      here.add(answer);
                    },
                    (_, _) -> {}));
    assertEquals(
        "somebody else has begun to replay dead letters, which ends it here: what is told is done,"
            + " the rest takes another run, and nothing is done twice",
        ended.getMessage());
    assertEquals(120, done(here) + done(there));
    assertEquals(120, queue.read(queue.topics().localDue()).size());
    assertEquals(120, ids(queue.topics().localDue()).size());
  }

  private List<Answer> overtake() {
    try {
      return replay(_ -> true);
    } catch (KafkaUnreachable | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void what_cannot_be_read_yet_remains_with_the_reason() throws Exception {
    bury(new RecordPosition(queue.topics().remote(), 1, 7), new byte[] {7}, "not an envelope");
    var answers = replay(_ -> true);
    var notDone = assertInstanceOf(Answer.NotDone.class, answers.getFirst());
    assertTrue(notDone.why().startsWith("cannot be read: "), notDone.why());
    assertEquals(List.of(false), List.copyOf(letters().values()));
  }

  @Test
  void content_in_another_record_comes_with_the_letter() throws Exception {
    var first = Samples.message(Samples.CAROL);
    var at = queue.put(queue.topics().remote(), List.of(first)).getFirst();
    var position = new RecordPosition(at.topic(), at.partition(), at.offset());
    buried(first.withContent(new Content.InRecord(position, first.content().size())));
    assertEquals(1, done(replay(_ -> true)));
    assertEquals(first.content(), queue.envelopes(queue.topics().remoteDue()).getFirst().content());
  }

  @Test
  void a_letter_whose_content_is_gone_remains_with_the_reason() throws Exception {
    buriedWithout(Samples.message(Samples.CAROL));
    var notDone = assertInstanceOf(Answer.NotDone.class, replay(_ -> true).getFirst());
    assertTrue(notDone.why().startsWith("content is gone: "), notDone.why());
    assertEquals(0, queue.read(queue.topics().remoteDue()).size());
  }

  /// Its content was in a record that is deleted.
  private void buriedWithout(Envelope first) throws Exception {
    var at = queue.put(queue.topics().remote(), List.of(first)).getFirst();
    var position = new RecordPosition(at.topic(), at.partition(), at.offset());
    buried(first.withContent(new Content.InRecord(position, first.content().size())));
    var id = new TopicPartition(at.topic(), at.partition());
    queue.admin().deleteRecords(Map.of(id, RecordsToDelete.beforeOffset(1))).all().get();
  }

  private static Set<LeftOut> reasons(List<Answer> answers) {
    var reasons = EnumSet.noneOf(LeftOut.class);
    for (var answer : answers)
      if (answer instanceof Answer.NotDone(var reason, _)) reasons.add(reason);
    return reasons;
  }

  private QueueId buried(Envelope envelope) {
    var _ = mail.bury(envelope, "we could not").toCompletableFuture().join();
    return envelope.queueId();
  }

  private void bury(RecordPosition origin, byte[] record, String reason) {
    var _ = mail.bury(origin, Octets.of(record), reason).toCompletableFuture().join();
  }

  private Map<DeadLetter, Boolean> letters() throws KafkaUnreachable {
    var letters = new LinkedHashMap<DeadLetter, Boolean>();
    box.each(letters::put, (_, _) -> {});
    return letters;
  }

  private List<Answer> replay(Predicate<DeadLetter> wanted)
      throws KafkaUnreachable, InterruptedException {
    return replay(wanted, new ReplayPace(0));
  }

  private List<Answer> replay(Predicate<DeadLetter> wanted, ReplayPace pace)
      throws KafkaUnreachable, InterruptedException {
    var answers = new ArrayList<Answer>();
    box.replay(wanted, carrier(), ORDER, pace, (_, answer) -> answers.add(answer), (_, _) -> {});
    return answers;
  }

  private ContentCarrier carrier() {
    return new ContentCarrier(contents, new DurableQueue(mail));
  }

  private static long done(List<Answer> answers) {
    return answers.stream().filter(Answer.Done.class::isInstance).count();
  }

  private Set<QueueId> ids(String topic) {
    var ids = new HashSet<QueueId>();
    queue.envelopes(topic).forEach(envelope -> ids.add(envelope.queueId()));
    return ids;
  }

  private static QueueId id(DeadLetter letter) {
    try {
      return letter.envelope().queueId();
    } catch (MalformedRecord e) {
      throw new AssertionError(e);
    }
  }
}
