package io.posthouse.kafka;

import io.posthouse.lifecycle.Service;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Turns records of some topics into records of others, each exactly once, whoever is killed and
/// whatever restarts. See [RetryMover] and [Splitter].
public final class TransactionalPipe implements Service {
  private final String name;
  private final String instance;
  private final ConsumerThread thread;
  private volatile PipeStatus status = new PipeStatus(0, 0, Duration.ZERO);

  TransactionalPipe(
      String name,
      KafkaCluster cluster,
      Membership member,
      List<String> topics,
      PipeRule rule,
      Events events,
      InstantSource clock) {
    this.name = name;
    instance = member.group() + "-" + member.instance();
    thread =
        new ConsumerThread(
            name,
            () -> {
              rule.trouble().ifPresent(TransactionalPipe::notYet);
              return new PipeLife(
                  PipeClients.of(cluster, member.group(), member.instance()),
                  topics,
                  rule,
                  events,
                  clock,
                  done -> status = status.after(done));
            });
  }

  private static void notYet(String trouble) {
    throw new IllegalStateException(trouble);
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

  /// Shows how it is doing among the metrics of the process.
  public void showIn(Metrics metrics) {
    var shown = new GroupGauges(metrics, instance);
    shown.gauge("mail_pipe_up", "Whether it works.", () -> trouble().isEmpty() ? 1 : 0);
    shown.gauge("mail_pipe_moved", "Records moved since the start.", () -> status.moved());
    shown.gauge("mail_pipe_pending", "Records read and not due yet.", () -> status.pending());
    shown.gauge(
        "mail_pipe_late_seconds",
        "How long after its time the latest record of the last transaction was moved.",
        () -> status.late().toMillis() / 1e3);
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
