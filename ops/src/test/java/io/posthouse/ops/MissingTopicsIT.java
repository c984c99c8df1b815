package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.embedded.TestBroker;
import io.posthouse.queue.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands at a cluster that answers and lacks the topic they read.
class MissingTopicsIT {
  private static final TestBroker BROKER = TestBroker.shared();
  private static final Topics NOBODYS = new Topics(BROKER.freshPrefix(MissingTopicsIT.class));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queue acts",
        "queue undo hold-0gm3w1v7",
        "queue replay --topic local --from 1h --yes",
        "queue replay --topic remote --from 1h --dry-run",
      })
  void who_reads_orders_says_which_topic_is_missing_and_what_makes_it(String command) {
    var ended = run(command, NOBODYS);
    assertEquals(4, ended.exitCode(), ended.errors());
    assertEquals(missing(NOBODYS.control()), ended.errors().lines().toList().getLast());
  }

  @Test
  void who_reads_of_nodes_says_the_same_of_theirs() {
    var ended = run("node list", NOBODYS);
    assertEquals(4, ended.exitCode(), ended.errors());
    assertEquals(missing(NOBODYS.nodes()), ended.errors().strip());
  }

  @ParameterizedTest
  @CsvSource({
    "queue summary, remote",
    "queue list, remote",
    "queue list --place dead, remote",
    "queue show 0gm3w1v7z0a1b2c, remote",
    "queue hold --domain example.net --until 1h --reason drill, remote",
    "queue bounce --sender ann@example.com --yes --reason drill, remote",
    "dead list, dead",
    "dead replay --all, dead",
    "trace 0gm3w1v7z0a1b2c, events",
  })
  void no_queue_is_not_an_empty_one(String command, String topic) {
    var ended = run(command, NOBODYS);
    assertEquals(4, ended.exitCode(), ended.errors());
    assertEquals(missing(NOBODYS.prefix() + topic), ended.errors().lines().toList().getLast());
  }

  @Test
  void what_it_names_makes_it() {
    var topics = new Topics(BROKER.freshPrefix(MissingTopicsIT.class));
    var created = run("topics create --set kafka.replication=1", topics);
    assertEquals(0, created.exitCode(), created.errors());
    var ended = run("queue acts --format json", topics);
    assertEquals(0, ended.exitCode(), ended.errors());
  }

  private static String missing(String topic) {
    return "posthouse: Kafka at %s has no topic %s (`posthouse topics create` makes it)"
        .formatted(BROKER.bootstrap(), topic);
  }

  private static Ended run(String command, Topics topics) {
    var words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--bootstrap", BROKER.bootstrap()));
    words.addAll(List.of("--set", "kafka.topic_prefix=" + topics.prefix()));
    return CommandRun.of(words.toArray(String[]::new));
  }
}
