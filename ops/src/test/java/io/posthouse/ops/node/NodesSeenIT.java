package io.posthouse.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.dns.TestDns;
import io.posthouse.embedded.TestBroker;
import io.posthouse.embedded.TestMongo;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.lifecycle.Lifecycle;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.role.DeliverRole;
import io.posthouse.ops.role.Node;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.queue.Topics;
import io.posthouse.smtp.ScriptedMx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two delivery workers on a real broker: a host that never ends a transaction, one that takes a
/// message at a time, and one that nobody can connect to.
class NodesSeenIT {
  private static final TestDns DNS = TestDns.start();
  private static final ScriptedMx MX = ScriptedMx.start();
  private static final String PREFIX = TestBroker.shared().freshPrefix(NodesSeenIT.class);
  private static final String DATABASE = TestMongo.shared().freshDatabase(NodesSeenIT.class);
  private static final KafkaCluster CLUSTER =
      new KafkaCluster(TestBroker.shared().bootstrap(), new Topics(PREFIX));
  private static final KafkaMailQueue QUEUE = TestTopics.queue(CLUSTER, Sending.DEFAULT, "edge-1");
  private static final List<Node> NODES = new ArrayList<>();
  private static final List<Lifecycle> RUNNING = new ArrayList<>();
  private static QueueId stuck = Samples.queueId();
  private static QueueId dead = Samples.queueId();

  @BeforeAll
  static void start() throws ConfigException {
    host("stuck.example", "127.0.0.1");
    host("busy.example", "127.0.0.1");
    host("dead.example", "127.0.0.9");
    MX.silentAt("RCPT TO:<stuck");
    MX.lateAt(ScriptedMx.CONTENT, Duration.ofMillis(500), "250 2.0.0 Ok");
    assertEquals(0, CommandRun.of(words(List.of("topics", "create"))).exitCode());
    for (var name : List.of("worker-1", "worker-2")) start(name);
    QUEUE.start();
    stuck = put("stuck@stuck.example");
    dead = put("x@dead.example");
    for (int i = 0; i < 150; i++) put("user" + i + "@busy.example");
  }

  @AfterAll
  static void stop() {
    QUEUE.close();
    MX.close();
    RUNNING.forEach(Lifecycle::stop);
    NODES.forEach(Node::close);
    DNS.close();
  }

  @Test
  void a_message_in_flight_is_shown_with_its_worker_and_host() {
    var to = "mx.stuck.example[127.0.0.1]:" + MX.port();
    var sentence = Pattern.compile("in flight at worker-[12] since \\w+, to " + Pattern.quote(to));
    Eventually.passes("it is shown", () -> found(sentence, run("queue", "show", stuck.text())));
    found(sentence, run("queue", "list", "--domain", "stuck.example"));
    for (var command : List.of("show", "list")) {
      var one = json("queue", command, command.equals("show") ? stuck.text() : "--id=" + stuck);
      assertEquals("in flight", one.getFirst().getString("now"));
      assertTrue(one.getFirst().getString("node").startsWith("worker-"));
      assertEquals("mx.stuck.example:" + MX.port(), one.getFirst().getString("site"));
      assertEquals(to, one.getFirst().getString("to"));
    }
  }

  @Test
  void those_that_wait_for_their_turn_are_shown_with_what_is_before_them() {
    var sentence =
        Pattern.compile(
            "waits for its turn at worker-[12] since \\w+, at site mx.busy.example:"
                + MX.port()
                + " \\(1 of 1 busy\\), \\d+ before it");
    Eventually.passes(
        "they are shown", () -> found(sentence, run("queue", "list", "--domain", "busy.example")));
    Eventually.passes(
        "they are shown to scripts",
        () -> {
          var waiting =
              json("queue", "list", "--domain", "busy.example").stream()
                  .filter(one -> "waiting".equals(one.getString("now")))
                  .findFirst()
                  .orElseThrow(() -> new AssertionError("none waits"));
          assertEquals("mx.busy.example:" + MX.port(), waiting.getString("site"));
          assertEquals(1, waiting.getInteger("most"));
          assertTrue(waiting.getInteger("before") >= 0);
        });
  }

  @Test
  void a_summary_tells_apart_what_waits_and_what_is_in_flight() {
    var row = Pattern.compile("(?m)^stuck.example +1 +0 +1 +0 +0 +0 ");
    Eventually.passes(
        "it is told", () -> found(row, run("queue", "summary", "--domain", "stuck.example")));
    found(
        Pattern.compile("\nin flight as 2 nodes said \\d+s ago\n"),
        run("queue", "summary", "--domain", "stuck.example"));
    var objects = json("queue", "summary", "--domain", "stuck.example");
    assertEquals(2, objects.getFirst().getInteger("nodes"));
    assertEquals(List.of(), objects.getFirst().getList("silent", String.class));
    assertEquals(1, objects.get(1).getInteger("in_flight"));
    assertEquals(0, objects.get(1).getInteger("waiting"));
  }

  @Test
  void a_dead_host_is_in_the_way_of_the_mail_that_was_tried_there() {
    var sentence =
        Pattern.compile(
            "worker-[12]: address "
                + Pattern.quote("mx.dead.example[127.0.0.9]:" + MX.port())
                + " is (open|probed) until \\S+: .*refused");
    Eventually.passes("it is shown", () -> found(sentence, run("queue", "show", dead.text())));
    var way = json("queue", "show", dead.text()).getFirst().getList("in_its_way", String.class);
    assertTrue(way.stream().anyMatch(sentence.asPredicate()), way::toString);
    assertEquals(
        List.of(),
        json("queue", "show", stuck.text()).getFirst().getList("in_its_way", String.class));
  }

  @Test
  void both_workers_are_listed_with_what_they_have_in_hand() {
    Eventually.passes(
        "they are listed",
        () -> {
          var nodes = json("node", "list");
          assertEquals(
              List.of("worker-1", "worker-2"),
              nodes.stream().map(node -> node.getString("node")).toList());
          assertTrue(
              nodes.stream().allMatch(node -> node.getString("state").equals("ready")),
              nodes::toString);
          assertTrue(
              nodes.stream().mapToInt(node -> node.getInteger("in_flight")).sum() >= 1,
              nodes::toString);
        });
    assertTrue(run("node", "list").contains("worker-2  deliver  "), run("node", "list"));
  }

  private static void start(String name) throws ConfigException {
    var overrides = new ArrayList<>(settings());
    overrides.addAll(
        List.of(
            "node.id=" + name,
            "telemetry.port=0",
            "mongodb.uri=" + TestMongo.shared().uri() + "/" + DATABASE,
            "dns.servers=[\"127.0.0.1:" + DNS.address().getPort() + "\"]",
            "delivery.port=" + MX.port(),
            "delivery.allow_loopback=true",
            "delivery.retry.delays=[2s]",
            "delivery.breaker={failures: 1, open: 1h}",
            "delivery.shaping.concurrency={least: 1, start: 1, most: 1}"));
    var node = new Node(SettingsFile.defaults().with(overrides).read(PosthouseSettings::read));
    NODES.add(node);
    DeliverRole.addTo(node);
    var lifecycle = node.lifecycle();
    RUNNING.add(lifecycle);
    lifecycle.start();
  }

  private static List<String> settings() {
    return List.of(
        "kafka.bootstrap=" + TestBroker.shared().bootstrap(),
        "kafka.topic_prefix=" + PREFIX,
        "kafka.partitions=2",
        "kafka.other_partitions=1",
        "kafka.replication=1");
  }

  private static void host(String domain, String address) {
    DNS.mx(domain, 10, "mx." + domain).a("mx." + domain, address);
  }

  private static QueueId put(String to) {
    var content = new Content.Inline(Octets.utf8("Subject: hi\r\n\r\n"));
    var message = Samples.message(content, Samples.remote(to));
    var now =
        Envelope.accepted(
            message.queueId(),
            message.reversePath(),
            message.returnTo(),
            message.recipients(),
            message.parameters(),
            message.client(),
            Instant.now(),
            message.trace(),
            message.content());
    QUEUE.put(now).toCompletableFuture().join();
    return now.queueId();
  }

  private static List<Document> json(String... command) {
    var all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--format", "json"));
    return run(all.toArray(String[]::new)).lines().map(Document::parse).toList();
  }

  private static String run(String... command) {
    var ended = CommandRun.of(words(List.of(command)));
    assertEquals(0, ended.exitCode(), ended.errors());
    return ended.text();
  }

  private static String[] words(List<String> command) {
    var all = new ArrayList<>(command);
    settings().forEach(setting -> all.addAll(List.of("--set", setting)));
    // Plans of topics depend on it.
    if (command.contains("topics")) all.addAll(List.of("--set", "delivery.retry.delays=[2s]"));
    return all.toArray(String[]::new);
  }

  private static void found(Pattern pattern, String text) {
    assertTrue(pattern.matcher(text).find(), text);
  }
}
