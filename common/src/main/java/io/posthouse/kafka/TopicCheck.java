package io.posthouse.kafka;

import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a role from working on topics that break our promises. Where the cluster does not answer,
/// the role starts and is not ready; the check is made up for as soon as it does.
public final class TopicCheck implements Service {
  private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final TopicAdmin admin;
  private final TopicPlan plan;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("topic-check").daemon().factory());
  private volatile Optional<String> trouble = Optional.of("topics: not checked yet");

  public TopicCheck(TopicAdmin admin, TopicPlan plan) {
    this.admin = admin;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "topic check";
  }

  /// Checks at once.
  ///
  /// @throws CannotStartException if the topics are wrong, with everything that is
  @Override
  public void start() {
    try {
      trouble = errors(admin.check(plan));
      if (trouble.isPresent()) throw new CannotStartException(trouble.get());
    } catch (KafkaUnreachable e) {
      trouble = Optional.of("topics: not checked yet: " + e.getMessage());
      var _ =
          timer.scheduleWithFixedDelay(
              this::makeUp, AGAIN.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Why the topics are not known to be sound; empty where they are: readiness.
  public Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void drain(Duration deadline) {
    close();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// Goes on while they are wrong: somebody may be mending them.
  private void makeUp() {
    try {
      trouble = errors(admin.check(plan));
      if (trouble.isEmpty()) timer.shutdown();
    } catch (KafkaUnreachable e) {
      trouble = Optional.of("topics: not checked yet: " + e.getMessage());
    }
  }

  private static Optional<String> errors(Collection<TopicFinding> findings) {
    findings.stream().filter(f -> !f.isError()).forEach(f -> log.warn("topics: {}", f));
    var errors = findings.stream().filter(TopicFinding::isError).toList();
    if (errors.isEmpty()) return Optional.empty();
    return Optional.of(
        errors.stream()
            .map(TopicFinding::toString)
            .collect(Collectors.joining("; ", "topics: ", "")));
  }
}
