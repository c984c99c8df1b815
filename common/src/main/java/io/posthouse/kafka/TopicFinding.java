package io.posthouse.kafka;

/// What is wrong with a topic, in words for the operator.
public record TopicFinding(Severity severity, String topic, String what) {
  public enum Severity {
    /// Mail cannot pass, or a promise does not hold: no service starts on it.
    ERROR,
    /// It works, though not as planned.
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// `error: posthouse.remote: retention.ms is 604800000 (expected: -1)`.
  @Override
  public String toString() {
    return (isError() ? "error: " : "warning: ") + topic + ": " + what;
  }

  static TopicFinding error(String topic, String what) {
    return new TopicFinding(Severity.ERROR, topic, what);
  }

  static TopicFinding warning(String topic, String what) {
    return new TopicFinding(Severity.WARNING, topic, what);
  }
}
