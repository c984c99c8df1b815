package io.posthouse.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaBeats;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.TestTopics;
import io.posthouse.node.Beat;
import io.posthouse.node.Beats;
import io.posthouse.node.NodeRole;
import io.posthouse.node.NodeState;
import io.posthouse.node.Work;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.cli.Words;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class NodeCommandsIT {
  private static final KafkaCluster CLUSTER = TestTopics.create(NodeCommandsIT.class);
  private static final KafkaBeats LOG = new KafkaBeats(CLUSTER);

  @BeforeAll
  static void beat() {
    write(Beats.of("worker-1", NodeRole.DELIVER, NodeState.STARTING, "starting", Work.NONE));
    write(Beats.worker("worker-1"));
    write(Beats.of("edge-1", NodeRole.EDGE, NodeState.NOT_READY, "kafka: gone", Work.NONE));
    write(Beats.of("store-1", NodeRole.STORE, NodeState.STOPPED, "stopping", Work.NONE));
    // On the same machine, by the same name.
    write(Beats.of("edge-1", NodeRole.STORE, NodeState.DRAINING, "stopping", Work.NONE));
  }

  @AfterAll
  static void close() {
    LOG.close(Duration.ofSeconds(5));
  }

  @Test
  void every_process_is_listed_as_it_last_said() {
    assertEquals(
        """
        node      role     version  state      since  heard   in flight  waiting  trouble
        edge-1    edge     0.6.0    not ready  10m    3s ago          0        0  kafka: gone
        edge-1    store    0.6.0    draining   10m    3s ago          0        0  stopping
        store-1   store    0.6.0    stopped    10m    3s ago          0        0  stopping
        worker-1  deliver  0.6.0    ready      10m    3s ago          1        1
        """,
        listed(Beats.NOW));
  }

  @Test
  void a_node_that_was_killed_is_silent_and_one_that_said_goodbye_is_not() {
    var later = listed(Beats.NOW.plusSeconds(28));
    assertTrue(later.contains("worker-1  deliver  0.6.0    silent   10m28s  31s ago "), later);
    assertTrue(later.contains("store-1   store    0.6.0    stopped  10m28s  31s ago "), later);
  }

  @Test
  void for_scripts_each_is_an_object_a_line() {
    var lines = listed(Beats.NOW, "--format", "json").lines().toList();
    assertEquals(4, lines.size(), lines::toString);
    assertEquals(
        "{\"node\":\"worker-1\",\"roles\":[\"deliver\"],\"version\":\"0.6.0\",\"state\":\"ready\","
            + "\"since\":\"2026-03-02T08:05:00Z\",\"started\":\"2026-03-02T07:15:00Z\","
            + "\"heard\":\"2026-03-02T08:14:57Z\",\"telemetry\":\"worker-1:9400\",\"in_flight\":1,"
            + "\"waiting\":1,\"sites_held_back\":1,\"breakers_open\":1,\"trouble\":\"\"}",
        lines.getLast());
  }

  @Test
  void a_cluster_that_is_away_and_wrong_usage_are_told() {
    var away = CommandRun.of("node", "list", "--bootstrap", "127.0.0.1:1");
    assertEquals(4, away.exitCode(), away.errors());
    assertEquals(2, CommandRun.of("node", "list", "--format", "runes").exitCode());
    assertEquals(2, CommandRun.of("node").exitCode());
  }

  private static String listed(Instant now, String... more) {
    var out = new StringWriter();
    var command = new CommandLine(new NodeList(() -> now)).setOut(new PrintWriter(out));
    Words.readIn(command);
    var words = new ArrayList<String>();
    words.add("--bootstrap=" + TestBroker.shared().bootstrap());
    words.add("--set=kafka.topic_prefix=" + CLUSTER.topics().prefix());
    words.addAll(List.of(more));
    assertEquals(0, command.execute(words.toArray(String[]::new)));
    return out.toString();
  }

  private static void write(Beat beat) {
    LOG.write(beat).toCompletableFuture().join();
  }
}
