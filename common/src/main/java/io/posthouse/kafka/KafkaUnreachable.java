package io.posthouse.kafka;

import java.io.IOException;

/// The cluster did not answer in time, or not us: try again later. The message is fit for an
/// operator.
public final class KafkaUnreachable extends IOException {
  private static final long serialVersionUID = 1;

  KafkaUnreachable(KafkaCluster cluster, Throwable cause) {
    super(cluster + ": " + Why.of(cause), cause);
  }
}
