package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.TestTopics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an operator reads of a queue that is empty, and a script: all of it.
class EmptyQueueIT {
  private static final KafkaCluster CLUSTER = TestTopics.create(EmptyQueueIT.class);
  private static final String NOBODYS = "09ymq0x4cg0000g";

  @Test
  void a_summary_is_of_nothing() {
    assertEquals(
        """
        destination  total  waiting  in flight  deferred  held  dead  <5m  <15m  <1h  <4h  <1d  1d+  next
        TOTAL            0        0          0         0     0     0    0     0    0    0    0    0

        in flight is not known, as no node is heard of
        """,
        said("queue summary"));
    assertEquals(
        """
        {"total":0,"waiting":0,"in_flight":0,"first":0,"split":0,"due":0,"deferred":0,"held":0,\
        "dead":0,"age_minutes_5":0,"age_minutes_15":0,"age_hour":0,"age_hours_4":0,"age_day":0,\
        "age_older":0,"nodes":0,"in_flight_unnamed":0,"silent":[]}
        """,
        said("queue summary --format json"));
  }

  @ParameterizedTest
  @CsvSource({
    "queue list, id place age size sender recipient attempts next said now",
    "queue acts, directive at until operator about reason",
    "dead list, id buried node queue id from to replayed reason",
    "node list, node role version state since heard in flight waiting trouble",
  })
  void a_list_has_its_titles_and_no_line_and_none_for_scripts(String command, String titles) {
    assertEquals(titles, said(command).strip().replaceAll(" +", " "));
    assertEquals("", said(command + " --format json"));
  }

  @ParameterizedTest
  @CsvSource({
    "queue show ID, ID is not in the queue (`posthouse trace ID` tells what became of it)",
    "dead show ID, no such dead letter: ID",
    "trace ID, nothing is known of it (events are kept for 14 days)",
    "queue replay --resume r1, no such replay: r1",
  })
  void what_is_not_there_is_said_not_to_be(String command, String sentence) {
    var ended = run(command.replace("ID", NOBODYS));
    assertEquals(1, ended.exitCode(), ended.errors());
    assertEquals("posthouse: " + sentence.replace("ID", NOBODYS), ended.errors().strip());
    assertEquals("", ended.text());
  }

  private static String said(String command) {
    var ended = run(command);
    assertEquals(0, ended.exitCode(), ended.errors());
    assertEquals("", ended.errors());
    return ended.text();
  }

  private static Ended run(String command) {
    var words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--bootstrap", TestBroker.shared().bootstrap()));
    words.addAll(List.of("--set", "kafka.topic_prefix=" + CLUSTER.topics().prefix()));
    return CommandRun.of(words.toArray(String[]::new));
  }
}
