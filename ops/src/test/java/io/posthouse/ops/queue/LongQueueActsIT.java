package io.posthouse.ops.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.embedded.TestMongo;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.NoRenewals;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.kafka.RetryMover;
import io.posthouse.kafka.TestTopics;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Ending;
import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.CommandEvents;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Acts on a long queue, while its mover works.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LongQueueActsIT {
  private static final int HELD = 7;
  private static final int FLUSHED = 9;
  private static final int DROPPED = 11;
  private static final int BOUNCED_SENDER = 50;
  private static final int IN_THE_LOG = LongQueue.MESSAGES / 20;
  private static final int SENT = Integer.getInteger("posthouse.sent", LongQueue.MESSAGES / 20);

  /// Of so many sent a host has taken all but one.
  private static final int TAKEN = 10;

  private static final Evidence SAID = new Evidence.Observed(EnhancedStatus.of("2.0.0"), "taken");

  @TempDir private static Path folder = Path.of("");

  private static LongQueue queue;
  private final List<Service> started = new ArrayList<>();

  @BeforeAll
  static void fill() throws Exception {
    queue = new LongQueue(LongQueueActsIT.class, folder);
  }

  @AfterAll
  static void forget() {
    queue.close();
  }

  /// One after the other, as each begins where the one before has ended.
  @Test
  void each_act_touches_what_it_is_about_and_no_other_message() throws Exception {
    startMover();
    try {
      act("hold", "--domain", LongQueue.domain(HELD));
      var held = LongQueue.of(IntStream.of(HELD));
      assertEquals(counts("deferred", LongQueue.MESSAGES - held, "held", held), found());

      act("flush", "--domain", LongQueue.domain(FLUSHED));
      act("drop", "--domain", LongQueue.domain(DROPPED), "--reason", "spam", "--yes");
      var sender = LongQueue.sender(BOUNCED_SENDER);
      act("bounce", "--sender", sender, "--reason", "not ours", "--yes");
      act("release", "--all");

      var flushed = LongQueue.of(IntStream.of(FLUSHED));
      var dropped = LongQueue.of(IntStream.of(DROPPED));
      var bounced = LongQueue.of(IntStream.range(BOUNCED_SENDER, BOUNCED_SENDER + 10));
      var touched = held + flushed + dropped + bounced;
      var expected =
          counts(
              "bounced",
              bounced,
              "deferred",
              LongQueue.MESSAGES - touched,
              "dropped",
              dropped,
              "due",
              held + flushed);
      await().atMost(Duration.ofMinutes(10)).until(() -> found().equals(expected));
    } finally {
      started.reversed().forEach(Service::close);
    }
  }

  @Test
  void one_span_of_the_log_is_replayed_to_the_message() throws Exception {
    putLocal();
    var from = InstantSource.system().instant();
    putLocal();
    var to = InstantSource.system().instant().plusMillis(1);
    putLocal();
    assertEquals("would be replayed " + IN_THE_LOG, replayed(from, to, "--dry-run"));
    assertEquals(0, records(queue.cluster().topics().localDue()));
    assertEquals("replayed " + IN_THE_LOG, replayed(from, to, "--yes"));
    assertEquals(IN_THE_LOG, records(queue.cluster().topics().localDue()));
  }

  @Test
  void of_what_was_sent_only_what_no_host_has_taken_is_sent_again() throws Exception {
    var from = InstantSource.system().instant();
    putRemote();
    var to = InstantSource.system().instant().plusMillis(1);
    var left = SENT / TAKEN;
    var flushed = records(queue.cluster().topics().remoteDue());
    assertEquals("would be replayed " + left, replayedRemote(from, to, "--dry-run"));
    assertEquals("replayed " + left, replayedRemote(from, to, "--yes"));
    assertEquals(flushed + left, records(queue.cluster().topics().remoteDue()));
    assertEquals("would be replayed 0", replayedRemote(from, to, "--yes"));
  }

  private String replayedRemote(Instant from, Instant to, String how) throws Exception {
    var span = List.of("--topic", "remote", "--from", from.toString(), "--to", to.toString());
    return replay(how, span);
  }

  private String replayed(Instant from, Instant to, String how) throws Exception {
    var database = TestMongo.shared().uri() + "/" + TestMongo.shared().freshDatabase(getClass());
    var span = List.of("--topic", "local", "--from", from.toString(), "--to", to.toString());
    return replay(how, Stream.concat(span.stream(), Stream.of("--mongodb", database)).toList());
  }

  private String replay(String how, List<String> span) throws Exception {
    var command = Stream.of(List.of("queue", "replay", how), span).flatMap(List::stream);
    return String.join(" ", queue.run(command.toArray(String[]::new)))
        .replaceFirst("replayed +(\\d+).*", "replayed $1");
  }

  /// What workers are done with, and events tell of.
  private void putRemote() throws Exception {
    var sink = new KafkaEventSink(queue.cluster(), new Metrics());
    sink.start();
    var events = new CommandEvents("worker-1", InstantSource.system(), sink);
    queue.fill(
        SENT,
        (to, n) -> {
          var message = Samples.message(Samples.remote("user" + n + "@" + LongQueue.domain(n)));
          if (n % TAKEN != 0) events.record(delivered(message));
          return to.put(message);
        });
    sink.drain(Duration.ofSeconds(30));
    TestTopics.settle(queue.cluster(), queue.cluster().topics().remote());
  }

  private static MailEvent delivered(Envelope message) {
    var to = message.recipients().getFirst().address();
    return new MailEvent.Delivered(message.queueId(), to, SAID, 1, Duration.ofMillis(5));
  }

  private void putLocal() throws InterruptedException {
    queue.fill(IN_THE_LOG, (to, _) -> to.put(Samples.message(Samples.ALICE)));
  }

  private static int records(String topic) {
    return TestTopics.records(queue.cluster(), topic).size();
  }

  private void act(String... command) throws Exception {
    var all = new ArrayList<>(List.of("queue"));
    all.addAll(Arrays.asList(command));
    all.addAll(List.of("--wait", "4m", "--format", "json"));
    var lines = queue.run(all.toArray(String[]::new));
    assertEquals(List.of("done"), lines.stream().map(LongQueueActsIT::state).toList());
  }

  private static String state(String line) {
    return line.replaceFirst(".*\"state\":\"([^\"]*)\".*", "$1");
  }

  private static Map<String, Integer> counts(Object... pairs) {
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < pairs.length; i += 2) counts.put((String) pairs[i], (Integer) pairs[i + 1]);
    return counts;
  }

  /// How many messages are where, or how they are to end.
  private static Map<String, Integer> found() throws KafkaUnreachable {
    var found = new TreeMap<String, Integer>();
    new QueueScanner(queue.cluster())
        .scan(
            Set.of(Place.DEFERRED, Place.HELD, Place.DUE),
            one -> found.merge(standing(one), 1, Integer::sum) > 0,
            (_, _) -> {});
    found.remove("local");
    return found;
  }

  private static String standing(Found found) {
    if (!(found instanceof Found.Owed owed)) throw new AssertionError(found);
    if (owed.envelope().recipients().equals(List.of(Samples.ALICE))) return "local";
    return owed.envelope().orders().ending().map(LongQueueActsIT::end).orElse(place(owed));
  }

  private static String end(Ending ending) {
    return ending.told() ? "bounced" : "dropped";
  }

  private static String place(Found.Owed owed) {
    return owed.place().name().toLowerCase(Locale.ROOT);
  }

  private void startMover() {
    var directives = new KafkaDirectives(queue.cluster());
    start(directives);
    var schedule = new RetrySchedule(List.of(LongQueue.TIER), Duration.ofDays(5));
    start(
        RetryMover.of(
            queue.cluster(),
            schedule,
            directives,
            new NoRenewals(),
            "worker-1",
            _ -> {},
            InstantSource.system()));
  }

  private void start(Service service) {
    started.add(service);
    service.start();
  }
}
