package io.posthouse.ops.topics;

import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.TopicFinding;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import io.posthouse.telemetry.Health;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Lets no role start on topics under which our promises do not hold.
///
/// A cluster that cannot be asked is no reason not to start: then the role is not ready, and we ask
/// until we hear.
public final class TopicGuard implements Service, Health.Check {
  private static final Duration BETWEEN_ASKS = Duration.ofSeconds(3);

  private final QueueTopics topics;
  private volatile Health health = Health.notOk("topics are not checked yet");
  private final Thread asking = Thread.ofVirtual().unstarted(this::askUntilHeard);

  public TopicGuard(QueueTopics topics) {
    this.topics = topics;
  }

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public Health now() {
    return health;
  }

  @Override
  public void start() {
    try {
      var wrong = errors(topics.check());
      if (!wrong.isEmpty())
        throw new CannotStartException("topics are not as they must be:\n" + wrong);
      health = Health.ok();
    } catch (KafkaUnreachable down) {
      health = Health.notOk(String.valueOf(down.getMessage()));
      asking.start();
    }
  }

  @Override
  public void drain(Duration deadline) {}

  @Override
  public void close() {
    asking.interrupt();
  }

  private void askUntilHeard() {
    while (!Thread.currentThread().isInterrupted() && !(health instanceof Health.Ok)) {
      health = ask();
      if (health instanceof Health.NotOk && !pause()) return;
    }
  }

  private Health ask() {
    try {
      var wrong = errors(topics.check());
      return wrong.isEmpty() ? Health.ok() : Health.notOk(wrong);
    } catch (KafkaUnreachable down) {
      return Health.notOk(String.valueOf(down.getMessage()));
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_ASKS);
      return true;
    } catch (InterruptedException closed) {
      return false;
    }
  }

  private static String errors(List<TopicFinding> findings) {
    return findings.stream()
        .filter(TopicFinding::isError)
        .map(TopicFinding::toString)
        .collect(Collectors.joining("\n"));
  }
}
