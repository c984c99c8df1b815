package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.queue.MailQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueueCommandsIT {
  private static final KafkaCluster CLUSTER = TestTopics.create(QueueCommandsIT.class);
  private static final KafkaMailQueue QUEUE = TestTopics.queue(CLUSTER, Sending.DEFAULT, "edge-1");
  private static final Instant NOW = Samples.queueId().arrived();

  private static final Envelope FIRST = Samples.message(Samples.ALICE);
  private static final Envelope DEFERRED =
      Samples.message(Samples.CAROL, Samples.remote("erin@example.net"))
          .withContent(new Content.InRecord(new RecordPosition("posthouse.remote", 0, 7), 1_234))
          .deferred(
              new Attempt(NOW, "worker-1", "mx1.example.net[192.0.2.1]:25", "452 4.2.2 full"),
              NOW.plus(Duration.ofHours(3)));
  private static final Envelope DEAD = Samples.message(Samples.DAVE);

  @BeforeAll
  static void fill() throws Exception {
    QUEUE.start();
    await(QUEUE.put(FIRST));
    await(QUEUE.defer(DEFERRED, Duration.ofMinutes(1)));
    await(QUEUE.bury(DEAD, "three strikes"));
  }

  @AfterAll
  static void close() {
    QUEUE.drain(Duration.ofSeconds(20));
  }

  @Test
  void a_summary_tells_how_much_waits_where_and_why() {
    var table = run("summary");
    assertEquals(0, table.exitCode(), table.errors());
    assertEquals(
        """
        destination   total  waiting  in flight  deferred  held  dead  <5m  <15m  <1h  <4h  <1d  1d+  next
        TOTAL             3        1          0         1     0     1    0     0    0    0    0    3  in 2h59m
        example.net       1        0          0         1     0     0    0     0    0    0    0    1  in 2h59m
        example.org       1        0          0         0     0     1    0     0    0    0    0    1
        example.test      1        1          0         0     0     0    0     0    0    0    0    1

        messages  reason
               1  452 4.2.2 full
               1  three strikes

        in flight is not known, as no node is heard of
        """,
        table.text());
  }

  @Test
  void a_summary_for_scripts_has_an_object_for_each_group_and_reason() {
    var lines = run("summary", "--format", "json", "--by", "host").text().lines().toList();
    assertEquals(5, lines.size(), lines::toString);
    assertTrue(
        lines.get(0).startsWith("{\"total\":3,\"waiting\":1,\"in_flight\":0,\"first\":1,"),
        lines.get(0));
    assertTrue(lines.get(1).startsWith("{\"host\":\"(none)\",\"total\":2,"), lines.get(1));
    assertTrue(lines.get(2).startsWith("{\"host\":\"mx1.example.net\",\"total\":1,"), lines.get(2));
    assertTrue(lines.get(2).contains("\"age_older\":1,\"next\":\""), lines.get(2));
    assertEquals("{\"reason\":\"452 4.2.2 full\",\"messages\":1}", lines.get(3));
  }

  @Test
  void a_filter_narrows_a_summary_and_a_limit_its_length() {
    var carols = run("summary", "--domain", "example.net", "--format", "json").text();
    assertTrue(carols.startsWith("{\"total\":1,"), carols);
    var cut = run("summary", "--limit", "1");
    assertTrue(cut.errors().contains("1 of 3 are shown; --limit 0 shows all"), cut.errors());
    assertEquals(9, run("summary", "--limit", "0", "--by", "sender").text().lines().count());
  }

  @Test
  void a_list_has_a_line_for_each_message_and_destination() {
    var lines = run("list").text().lines().toList();
    assertEquals(4, lines.size(), lines::toString);
    assertTrue(lines.getFirst().startsWith("id               place     age"), lines.getFirst());
    assertEquals(
        List.of(DEFERRED.queueId()), listed("--sender", "@EXAMPLE.com", "--reply", "/^452/"));
    assertEquals(List.of(DEAD.queueId()), listed("--place", "dead"));
    assertEquals(List.of(FIRST.queueId()), listed("--place", "first,held", "--older-than", "1d"));
    assertEquals(List.of(DEAD.queueId()), listed("--recipient", "dave@example.org"));
    assertEquals(List.of(FIRST.queueId()), listed("--id", FIRST.queueId().text()));
    assertEquals(List.of(), listed("--older-than", "999999d"));
  }

  @Test
  void a_list_for_scripts_is_an_object_a_line() {
    var line = run("list", "--domain", "example.net", "--format", "json").text();
    assertTrue(
        line.startsWith(
            "{\"id\":\"" + DEFERRED.queueId() + "\",\"place\":\"deferred\",\"age_seconds\":"),
        line);
    assertTrue(
        line.contains(
            "\"sender\":\"sender@example.com\",\"recipients\":[\"carol@example.net\","
                + "\"erin@example.net\"],\"attempts\":1,\"next\":\""),
        line);
    assertTrue(line.endsWith("\"said\":\"452 4.2.2 full\"}\n"), line);
  }

  @Test
  void a_list_that_is_cut_says_so() {
    var cut = run("list", "--limit", "2");
    assertEquals(3, cut.text().lines().count());
    assertTrue(cut.errors().contains("only the first 2; --limit 0 shows all"), cut.errors());
    assertEquals("", run("list", "--limit", "3").errors());
  }

  @Test
  void a_message_is_shown_with_the_reason_it_is_where_it_is() {
    var shown = run("show", DEFERRED.queueId().text().toUpperCase(Locale.ROOT));
    assertEquals(0, shown.exitCode(), shown.errors());
    assertTrue(
        shown.text().contains("attempt 1 ended with: 452 4.2.2 full; the next is in 2h59m"),
        shown.text());
    assertTrue(
        shown.text().contains("mx1.example.net[192.0.2.1]:25: 452 4.2.2 full"), shown.text());
    assertTrue(run("show", DEAD.queueId().text()).text().contains("three strikes"));
    var json = run("show", FIRST.queueId().text(), "--format", "json").text();
    assertTrue(json.contains("\"place\":\"first\",\"why\":\"on its first way since "), json);
    assertEquals(1, json.lines().count());
  }

  @Test
  void a_message_that_is_not_in_the_queue_is_said_not_to_be() {
    var missing = run("show", Samples.queueId().text());
    assertEquals(1, missing.exitCode());
    assertTrue(missing.errors().contains("is not in the queue"), missing.errors());
  }

  @Test
  void wrong_usage_wrong_settings_and_a_cluster_that_is_away_are_told() {
    assertEquals(2, run("show", "nonsense").exitCode());
    assertEquals(2, run("list", "--older-than", "soon").exitCode());
    assertEquals(2, run("list", "--site", "*").exitCode());
    assertEquals(2, run("list", "--sender", "nobody").exitCode());
    assertEquals(2, run("list", "--reply", "/(/").exitCode());
    assertEquals(2, run("list", "--place", "nowhere").exitCode());
    assertEquals(2, run("list", "--limit", "-1").exitCode());
    assertEquals(2, run("summary", "--limit", "-1").exitCode());
    assertEquals(2, run("summary", "--by", "colour").exitCode());
    assertEquals(3, run("summary", "--set", "kafka.partitions=none").exitCode());
    var away =
        CommandRun.of(
            "queue",
            "summary",
            "--bootstrap",
            "127.0.0.1:1",
            "--set",
            "kafka.client={default.api.timeout.ms: \"300\", request.timeout.ms: \"300\"}");
    assertEquals(4, away.exitCode(), away.errors());
  }

  private static List<QueueId> listed(String... filter) {
    var words = new ArrayList<>(List.of("list"));
    words.addAll(List.of(filter));
    return run(words.toArray(String[]::new))
        .text()
        .lines()
        .skip(1)
        .map(line -> QueueId.parse(line.substring(0, 15)).orElseThrow())
        .toList();
  }

  private static Ended run(String... command) {
    var words = new ArrayList<>(List.of("queue"));
    words.addAll(List.of(command));
    words.addAll(List.of("--bootstrap", TestBroker.shared().bootstrap()));
    words.addAll(List.of("--set", "kafka.topic_prefix=" + CLUSTER.topics().prefix()));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static void await(CompletionStage<MailQueue.Put> put) throws Exception {
    var answer = put.toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertInstanceOf(MailQueue.Put.Queued.class, answer);
  }
}
