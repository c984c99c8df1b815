package io.posthouse.ops.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.embedded.TestMongo;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.LogReplay;
import io.posthouse.kafka.ReplayOrder;
import io.posthouse.kafka.ReplayPace;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.ops.cli.Failures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class QueueReplayIT {
  private final String database = TestMongo.shared().freshDatabase(getClass());
  private KafkaCluster cluster;
  private KafkaMailQueue queue;

  @BeforeEach
  void open() {
    cluster = TestTopics.create(QueueReplayIT.class);
    queue = TestTopics.queue(cluster, Sending.DEFAULT, "edge-1");
    queue.start();
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void a_dry_run_counts_and_changes_nothing() {
    put(Samples.message(Samples.ALICE));
    put(Samples.message(Samples.BOB));
    var dry =
        run("--topic", "local", "--from", "1h", "--recipient", "alice@example.test", "--dry-run");
    assertEquals(0, dry.exitCode(), dry.errors());
    assertEquals("would be replayed  1\nnot meant          1", dry.text().strip());
    assertTrue(dry.errors().contains("recipient alice@example.test"), dry.errors());
    assertEquals(0, records(cluster.topics().localDue()));
  }

  @Test
  void a_span_is_replayed_when_the_operator_says_yes() {
    put(Samples.message(Samples.ALICE));
    put(Samples.message(Samples.BOB));
    var command = new String[] {"--topic", "local", "--from", "1h", "--format", "json"};
    assertEquals(2, run(command).exitCode());
    assertEquals(0, records(cluster.topics().localDue()));

    var ended = run("--topic", "local", "--from", "1h", "--rate", "100", "--yes");
    assertEquals(0, ended.exitCode(), ended.errors());
    assertEquals("replayed  2", ended.text().strip());
    assertEquals(2, records(cluster.topics().localDue()));

    var resumed = run("--resume", id(ended.errors()), "--format", "json");
    assertEquals(0, resumed.exitCode(), resumed.errors());
    assertEquals(0, Document.parse(resumed.text()).getInteger("replayed"));
    assertEquals(2, records(cluster.topics().localDue()));
  }

  @Test
  void remote_mail_that_waits_in_the_queue_is_left_there() {
    put(Samples.message(Samples.CAROL));
    var ended = run("--topic", "remote", "--from", "1h", "--yes");
    assertEquals(0, ended.exitCode(), ended.errors());
    assertEquals("would be replayed  0\nqueued             1", ended.text().strip());
    assertEquals(0, records(cluster.topics().remoteDue()));
  }

  @Test
  void dead_letters_of_a_span_are_replayed_by_filter() {
    bury(Samples.message(Samples.ALICE));
    bury(Samples.message(Samples.CAROL));
    var filter = new String[] {"--topic", "dead", "--from", "1h", "--domain", "example.net"};
    var ended = run(filter[0], filter[1], filter[2], filter[3], filter[4], filter[5], "--yes");
    assertEquals(0, ended.exitCode(), ended.errors());
    assertEquals("replayed  1", ended.text().strip());
    assertEquals(0, records(cluster.topics().localDue()));
    assertEquals(1, records(cluster.topics().remoteDue()));
    assertEquals("would be replayed  0", run(filter).text().strip());
  }

  @Test
  void what_makes_no_span_is_wrong_usage_and_an_unknown_replay_a_failure() {
    assertEquals(2, run().exitCode());
    assertEquals(2, run("--topic", "local").exitCode());
    assertEquals(2, run("--topic", "events", "--from", "1h").exitCode());
    assertEquals(2, run("--topic", "local", "--from", "yesterday").exitCode());
    assertEquals(2, run("--topic", "remote", "--from", "1h", "--site", "mx.test").exitCode());
    assertEquals(2, run("--topic", "remote", "--from", "1h", "--reply", "550").exitCode());
    assertEquals(2, run("--topic", "local", "--from", "1h", "--to", "2h").exitCode());
    assertEquals(2, run("--topic", "local", "--from", "1h", "--rate", "-1").exitCode());
    assertEquals(2, run("--resume", "x", "--from", "1h").exitCode());
    assertEquals(2, run("--resume", "x", "--domain", "example.net").exitCode());
    assertEquals(2, run("--resume", "x", "--include-given-up").exitCode());
    assertEquals(1, run("--resume", "never").exitCode());
    assertEquals(0, run("--help").exitCode());
  }

  @Test
  void dead_letters_that_cannot_be_replayed_are_counted_and_named_before_and_after() {
    bury(Samples.message(Samples.CAROL));
    // Whatever lies there is not of this message.
    put(Samples.message(Samples.ALICE));
    var at = TestTopics.records(cluster, cluster.topics().local()).getFirst().position();
    bury(Samples.message(new Content.InRecord(at, 27), Samples.CAROL));
    queue.bury(at, Octets.utf8("?"), "not an envelope").toCompletableFuture().join();
    var dry = run("--topic", "dead", "--from", "1h", "--dry-run");
    assertEquals(1, dry.exitCode(), dry.errors());
    assertEquals(
        "would be replayed  1\ncontent gone       1\nunreadable         1", dry.text().strip());
    assertTrue(dry.errors().contains(": content is gone: "), dry.errors());
    assertTrue(dry.errors().contains(": cannot be read: "), dry.errors());
    assertEquals(0, records(cluster.topics().remoteDue()));

    var ended = run("--topic", "dead", "--from", "1h", "--yes");
    assertEquals(1, ended.exitCode(), ended.errors());
    assertEquals("replayed      1\ncontent gone  1\nunreadable    1", ended.text().strip());
    assertTrue(ended.errors().contains(": content is gone: "), ended.errors());
    assertEquals(1, records(cluster.topics().remoteDue()));
  }

  @Test
  void nobody_can_be_included_in_dead_letters() {
    for (var option : List.of("--include-delivered", "--include-given-up")) {
      var ended = run("--topic", "dead", "--from", "1h", option, "--dry-run");
      assertEquals(2, ended.exitCode());
      var sentence = "posthouse: " + option + ": nobody is left out of a dead letter";
      assertTrue(ended.errors().startsWith(sentence), ended.errors());
    }
  }

  @Test
  void a_replay_that_somebody_else_resumes_ends_here_with_a_sentence_and_1() throws Exception {
    for (int i = 0; i < 20; i++) put(Samples.message(Samples.ALICE));
    var err = new StringWriter();
    var here =
        new CommandLine(new QueueReplay())
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new Failures());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var span = List.of("--topic", "local", "--from", "1h", "--rate", "1", "--yes");
      var ended = threads.submit(() -> here.execute(words(span)));
      await().atMost(Duration.ofSeconds(60)).until(() -> records(cluster.topics().localDue()) > 0);
      var id = id(err.toString());
      var there = new LogReplay(cluster, InstantSource.system());
      var order = new ReplayOrder(id, "node-2", "olga", Optional.empty());
      there.resume(there.find(id).orElseThrow(), order, new ReplayPace(0), (_, _) -> {});
      assertEquals(1, ended.get(60, TimeUnit.SECONDS));
      assertEquals(
          "posthouse: replay "
              + id
              + " goes on elsewhere: somebody has resumed it, and nothing is done twice",
          err.toString().lines().toList().getLast());
    }
    assertEquals(20, records(cluster.topics().localDue()));
  }

  @Test
  void dead_letters_that_somebody_else_replays_end_it_here_with_what_is_done_a_sentence_and_1()
      throws Exception {
    for (int i = 0; i < 20; i++) bury(Samples.message(Samples.ALICE));
    var out = new StringWriter();
    var err = new StringWriter();
    var here =
        new CommandLine(new QueueReplay())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new Failures());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var span = List.of("--topic", "dead", "--from", "1h", "--rate", "1", "--yes");
      var ended = threads.submit(() -> here.execute(words(span)));
      await().atMost(Duration.ofSeconds(60)).until(() -> records(cluster.topics().localDue()) > 0);
      var there = run("--topic", "dead", "--from", "1h", "--yes");
      assertEquals(0, there.exitCode(), there.errors());
      assertEquals(1, ended.get(60, TimeUnit.SECONDS));
      assertEquals(20, replayed(out.toString()) + replayed(there.text()));
      var sentence = err.toString().lines().toList().getLast();
      assertTrue(sentence.startsWith("posthouse: somebody else has begun to replay"), sentence);
    }
    assertEquals(20, records(cluster.topics().localDue()));
  }

  private static int replayed(String text) {
    return Integer.parseInt(text.strip().replaceFirst("replayed +", ""));
  }

  private void put(Envelope envelope) {
    var _ = queue.put(envelope).toCompletableFuture().join();
  }

  private void bury(Envelope envelope) {
    var _ = queue.bury(envelope, "our own error").toCompletableFuture().join();
  }

  private int records(String topic) {
    return TestTopics.records(cluster, topic).size();
  }

  private static String id(String errors) {
    return errors
        .lines()
        .filter(line -> line.contains("--resume "))
        .map(line -> line.replaceFirst(".*--resume ", ""))
        .findFirst()
        .orElseThrow();
  }

  private Ended run(String... command) {
    var all = new ArrayList<>(List.of("queue", "replay"));
    all.addAll(List.of(words(List.of(command))));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String[] words(List<String> options) {
    var all = new ArrayList<>(options);
    all.addAll(
        List.of(
            "--bootstrap",
            TestBroker.shared().bootstrap(),
            "--mongodb",
            TestMongo.shared().uri() + "/" + database,
            "--set",
            "kafka.topic_prefix=" + cluster.topics().prefix()));
    return all.toArray(String[]::new);
  }
}
