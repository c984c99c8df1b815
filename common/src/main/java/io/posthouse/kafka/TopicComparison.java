package io.posthouse.kafka;

import io.posthouse.kafka.TopicPlan.PlannedTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A topic as planned against the topic as it is.
record TopicComparison(PlannedTopic planned, Actual actual) {
  /// @param config every setting of the topic, Kafka's defaults included
  record Actual(int partitions, int replication, Map<String, String> config) {
    Actual {
      config = Map.copyOf(config);
    }
  }

  List<TopicFinding> findings() {
    var findings = new ArrayList<TopicFinding>();
    partitions().ifPresent(findings::add);
    replication().ifPresent(findings::add);
    new TreeMap<>(planned.config())
        .forEach((key, value) -> setting(key, value).ifPresent(findings::add));
    return findings;
  }

  private Optional<TopicFinding> partitions() {
    if (actual.partitions() >= planned.partitions()) return Optional.empty();
    // Fewer work too; they only set a lower limit to how many nodes share the topic.
    return Optional.of(
        TopicFinding.warning(
            planned.name(),
            "has " + actual.partitions() + " partitions (expected: " + planned.partitions() + ")"));
  }

  private Optional<TopicFinding> replication() {
    var quorum = longOf(actual.config().get("min.insync.replicas"));
    if (quorum > actual.replication())
      return error(
          "min.insync.replicas is "
              + quorum
              + ", replicas are "
              + actual.replication()
              + " (expected: no more than replicas, or nothing can be written)");
    if (actual.replication() < planned.replication())
      return error(
          "has " + actual.replication() + " replicas (expected: " + planned.replication() + ")");
    return Optional.empty();
  }

  private Optional<TopicFinding> setting(String key, String wanted) {
    var is = actual.config().getOrDefault(key, "unknown");
    return switch (key) {
      case "max.message.bytes", "min.insync.replicas" ->
          longOf(is) >= longOf(wanted)
              ? Optional.empty()
              : error(key + " is " + is + " (expected: " + wanted + " or more)");
      // A longer one works too; whoever starts reads more then.
      case "segment.ms" ->
          is.equals(wanted)
              ? Optional.empty()
              : Optional.of(
                  TopicFinding.warning(
                      planned.name(), key + " is " + is + " (expected: " + wanted + ")"));
      default ->
          is.equals(wanted)
              ? Optional.empty()
              : differs(key, key + " is " + is + " (expected: " + wanted + ")");
    };
  }

  /// How long things are kept that nobody is owed is the operator's own business.
  private Optional<TopicFinding> differs(String key, String what) {
    if (key.equals("retention.ms") && forgetsTooMuch())
      return error(what + ": a replay would send again what the events have forgotten");
    if (key.equals("flush.messages"))
      return error(what + ": a power failure would lose what was acknowledged");
    var owed = "-1".equals(planned.config().get("retention.ms"));
    if (key.equals("retention.ms") && !owed)
      return Optional.of(TopicFinding.warning(planned.name(), what));
    return error(what);
  }

  private boolean forgetsTooMuch() {
    var kept = longOf(actual.config().get("retention.ms"));
    return kept >= 0 && planned.leastKept().filter(least -> kept < least.toMillis()).isPresent();
  }

  private Optional<TopicFinding> error(String what) {
    return Optional.of(TopicFinding.error(planned.name(), what));
  }

  private static long longOf(@Nullable String number) {
    return number == null || !number.matches("-?\\d{1,18}") ? 0 : Long.parseLong(number);
  }
}
