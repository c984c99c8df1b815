package io.posthouse.kafka;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/// The cluster did not answer in time, or not us, or has no topic of that name: try again later.
/// The message is fit for an operator.
public final class KafkaUnreachable extends IOException {
  private static final long serialVersionUID = 1;

  KafkaUnreachable(KafkaCluster cluster, Throwable cause) {
    super(cluster + sentence(cause), cause);
  }

  private static String sentence(Throwable trouble) {
    var cause = Why.innermost(trouble);
    if (Why.isOf(SSLException.class, trouble)) return " fails at TLS: " + cause.getMessage();
    return switch (cause) {
      case TimeoutException e -> " does not answer: " + e.getMessage();
      case AuthenticationException e -> " does not let us in: " + e.getMessage();
      case AuthorizationException e -> " does not allow it: " + e.getMessage();
      case NoSuchTopic e -> " " + e.getMessage();
      default -> ": " + Why.of(cause);
    };
  }
}
