package io.posthouse.ops.trace;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import java.util.ArrayList;
import java.util.List;

/// `posthouse trace` on the topics of one test.
final class TraceRun {
  private TraceRun() {}

  static Ended of(KafkaCluster cluster, String... arguments) {
    var words = new ArrayList<>(List.of("trace"));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--bootstrap", TestBroker.shared().bootstrap()));
    words.addAll(List.of("--set", "kafka.topic_prefix=" + cluster.topics().prefix()));
    return CommandRun.of(words.toArray(String[]::new));
  }
}
