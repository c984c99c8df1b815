package io.posthouse.kafka;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;

/// Kafka's exceptions in a line for an operator.
final class Why {
  private Why() {}

  /// The innermost cause says it; those around it say only what we tried.
  static String of(Throwable trouble) {
    var inner = innermost(trouble);
    // What brokers and Kafka's clients themselves say has a name worth telling.
    return inner instanceof ApiException || !(inner instanceof KafkaException)
        ? inner.getClass().getSimpleName() + ": " + inner.getMessage()
        : String.valueOf(inner.getMessage());
  }

  /// Whether something like that is among the causes.
  static boolean isOf(Class<? extends Throwable> kind, Throwable trouble) {
    return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
        .anyMatch(kind::isInstance);
  }

  static Throwable innermost(Throwable trouble) {
    var inner = trouble;
    for (var cause = inner.getCause(); cause != null; cause = cause.getCause()) inner = cause;
    return inner;
  }
}
