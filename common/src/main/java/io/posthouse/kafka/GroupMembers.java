package io.posthouse.kafka;

import io.posthouse.lifecycle.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many members a consumer group has. Asked every 30 s by a thread of its own, so that whoever
/// wants to know never waits. A member that died counts until its session is over.
public final class GroupMembers implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(GroupMembers.class);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Map<String, String> PATIENCE =
      Map.of("default.api.timeout.ms", "5000", "request.timeout.ms", "5000");

  private final KafkaCluster cluster;
  private final String group;
  private final Duration every;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("group-members").daemon().factory());
  private volatile int live = 1;
  private boolean answered = true;

  /// Asks nobody before it has started.
  public GroupMembers(KafkaCluster cluster, String group) {
    this(cluster, group, EVERY);
  }

  GroupMembers(KafkaCluster cluster, String group, Duration every) {
    this.cluster = cluster;
    this.group = group;
    this.every = every;
  }

  /// As many as Kafka last knew of; 1 as long as it has not answered, and never less.
  public int live() {
    return live;
  }

  @Override
  public String name() {
    return "members of " + group;
  }

  @Override
  public void start() {
    var _ = timer.scheduleWithFixedDelay(this::ask, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void drain(Duration deadline) {
    timer.shutdown();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// While Kafka does not answer, what it said before holds.
  void ask() {
    try (var admin = Admin.create(cluster.client(Map.of(), PATIENCE))) {
      var asked = admin.describeConsumerGroups(List.of(group)).describedGroups().values();
      for (var description : asked) live = Math.max(1, description.get().members().size());
      answered = true;
    } catch (KafkaException | ExecutionException e) {
      // A group that nobody has joined yet is no trouble.
      if (!(e.getCause() instanceof GroupIdNotFoundException)) unanswered(e);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException ours) {
      LOG.error("members of {}: {} as before", group, live, ours);
    }
  }

  /// Told once for each time that Kafka is away.
  private void unanswered(Exception why) {
    if (answered) LOG.warn("members of {}: {} as before: {}", group, live, Why.of(why));
    answered = false;
  }
}
