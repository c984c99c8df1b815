package io.posthouse.ops.up;

import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.topics.QueueTopics;
import java.time.Duration;

/// Creates the topics that are missing, so that `up` is a single command.
record TopicsAtStart(PosthouseSettings settings) implements Service {
  @Override
  public String name() {
    return "topics at start";
  }

  @Override
  public void start() {
    try {
      var refused = QueueTopics.of(settings, KafkaCluster.of(settings.kafka())).create().refused();
      if (!refused.isEmpty())
        throw new CannotStartException("topics could not be created: " + refused.getFirst());
    } catch (KafkaUnreachable e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void drain(Duration deadline) {}

  @Override
  public void close() {}
}
