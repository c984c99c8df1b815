package io.posthouse.queue;

import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import java.time.Duration;

/// The names of our topics in one cluster (DESIGN: a contract). `prefix` lets several platforms
/// share a cluster.
public record Topics(String prefix) {
  public String remote() {
    return prefix + "remote";
  }

  public String local() {
    return prefix + "local";
  }

  public String split() {
    return prefix + "split";
  }

  public String remoteDue() {
    return prefix + "remote.due";
  }

  public String localDue() {
    return prefix + "local.due";
  }

  public String content() {
    return prefix + "content";
  }

  /// `retry.1m`, `retry.90s`: the delay in its largest whole unit.
  public String retry(Duration delay) {
    return prefix + "retry." + Delays.shortest(delay);
  }

  /// Whether a topic is one of the `retry.*`, of whatever delay.
  public boolean isRetry(String topic) {
    return topic.startsWith(prefix + "retry.");
  }

  public String held() {
    return prefix + "held";
  }

  public String dead() {
    return prefix + "dead";
  }

  public String events() {
    return prefix + "events";
  }

  public String control() {
    return prefix + "control";
  }

  public String nodes() {
    return prefix + "nodes";
  }

  public String tlsPolicies() {
    return prefix + "tls_policies";
  }

  public String claims() {
    return prefix + "claims";
  }

  public String config() {
    return prefix + "config";
  }

  /// The topic of a message on its first way.
  public String first(Envelope envelope) {
    var destinations = envelope.destinations();
    if (destinations.size() > 1) return split();
    return switch (destinations.getFirst()) {
      case Destination.Local _, Destination.Forwarded _ -> local();
      case Destination.Remote _ -> remote();
    };
  }

  /// The topic of a message on any later way, when it has one destination.
  public String due(Destination destination) {
    return switch (destination) {
      case Destination.Local _, Destination.Forwarded _ -> localDue();
      case Destination.Remote _ -> remoteDue();
    };
  }
}
