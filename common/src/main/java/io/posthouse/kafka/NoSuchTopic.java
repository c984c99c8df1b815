package io.posthouse.kafka;

import org.apache.kafka.common.KafkaException;

/// The cluster answers, and lacks a topic that is ours to make.
final class NoSuchTopic extends KafkaException {
  private static final long serialVersionUID = 1;

  NoSuchTopic(String topic) {
    super("has no topic " + topic + " (`posthouse topics create` makes it)");
  }
}
