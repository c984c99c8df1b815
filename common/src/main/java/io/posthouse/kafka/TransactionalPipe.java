package io.posthouse.kafka;

import io.posthouse.lifecycle.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Turns records of some topics into records of others, each exactly once, whoever is killed and
/// whatever restarts. See [RetryMover] and [Splitter].
public final class TransactionalPipe implements Service {
  private final String name;
  private final ConsumerThread thread;
  private volatile PipeStatus status = new PipeStatus(0, 0, Duration.ZERO);

  TransactionalPipe(
      String name,
      KafkaCluster cluster,
      Membership member,
      List<String> topics,
      PipeRule rule,
      InstantSource clock) {
    this.name = name;
    thread =
        new ConsumerThread(
            name,
            () ->
                new PipeLife(
                    PipeClients.of(cluster, member.group(), member.instance()),
                    topics,
                    rule,
                    clock,
                    done -> status = status.after(done)));
  }

  /// @param instance this member's name in the group, the same after every restart
  record Membership(String group, String instance) {}

  @Override
  public String name() {
    return name;
  }

  /// Why nothing moves, for the readiness of its role; empty while all is well.
  public Optional<String> trouble() {
    return thread.trouble();
  }

  public PipeStatus status() {
    return status;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void drain(Duration deadline) {
    thread.drain(deadline);
  }

  @Override
  public void close() {
    thread.close();
  }
}
