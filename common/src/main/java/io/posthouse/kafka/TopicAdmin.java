package io.posthouse.kafka;

import io.posthouse.kafka.TopicComparison.Actual;
import io.posthouse.kafka.TopicPlan.PlannedTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes the topics of a plan, and says what is wrong with them.
public final class TopicAdmin {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final KafkaCluster cluster;
  private final Duration patience;

  /// @param patience how long each question to the cluster may take
  public TopicAdmin(KafkaCluster cluster, Duration patience) {
    this.cluster = cluster;
    this.patience = patience;
  }

  /// What [#create] did.
  ///
  /// @param created topics that were missing
  /// @param refused topics that are still missing, with the cluster's reason
  public record Creation(List<String> created, List<TopicFinding> refused) {
    public Creation {
      created = List.copyOf(created);
      refused = List.copyOf(refused);
    }
  }

  /// Creates what is missing and touches nothing else, so it may run any number of times, on
  /// several nodes at once.
  public Creation create(TopicPlan plan) throws KafkaUnreachable {
    return ask(admin -> {
      var there = admin.listTopics().names().get();
      var missing = plan.topics().stream().filter(t -> !there.contains(t.name())).toList();
      var creation = createAll(admin, missing);
      awaitLeaders(admin, creation.created());
      return creation;
    });
  }

  /// Everything that differs from the plan in a way that matters; empty where all is well.
  public List<TopicFinding> check(TopicPlan plan) throws KafkaUnreachable {
    return ask(admin -> {
      var there = existing(admin, plan);
      var findings = new ArrayList<TopicFinding>();
      for (var topic : plan.topics()) {
        var actual = there.get(topic.name());
        if (actual == null)
          findings.add(
              TopicFinding.error(topic.name(), "missing (`posthouse topics create` makes it)"));
        else findings.addAll(new TopicComparison(topic, actual).findings());
      }
      return List.copyOf(findings);
    });
  }

  /// How many brokers the cluster has now.
  public int brokers() throws KafkaUnreachable {
    return ask(admin -> admin.describeCluster().nodes().get().size());
  }

  /// Deletes the topics of a plan, with all that lies in them, and what their readers remember: for
  /// a queue that was made for a measurement or a test.
  public void delete(TopicPlan plan) throws KafkaUnreachable {
    var _ =
        ask(admin -> {
          var names = new HashSet<>(plan.topics().stream().map(PlannedTopic::name).toList());
          names.retainAll(admin.listTopics().names().get());
          admin.deleteTopics(names).all().get();
          deleteGroups(admin);
          return names;
        });
  }

  private void deleteGroups(Admin admin) throws InterruptedException, ExecutionException {
    var groups = new HashSet<>(new ConsumerGroups(cluster.topics()).all());
    groups.retainAll(admin.listGroups().all().get().stream().map(GroupListing::groupId).toList());
    try {
      admin.deleteConsumerGroups(groups).all().get();
    } catch (ExecutionException e) {
      // A killed reader is a member for some seconds yet; its group is not deleted but ages out.
    }
  }

  private static Creation createAll(Admin admin, List<PlannedTopic> missing)
      throws InterruptedException, ExecutionException {
    var answers = admin.createTopics(missing.stream().map(TopicAdmin::newTopic).toList()).values();
    var created = new ArrayList<String>();
    var refused = new ArrayList<TopicFinding>();
    for (var topic : missing) {
      try {
        resultOf(answers, topic.name());
        created.add(topic.name());
      } catch (ExecutionException e) {
        refusal(topic.name(), e).ifPresent(refused::add);
      }
    }
    return new Creation(created, refused);
  }

  /// The controller has made them; until the brokers know, producers would be sent away. That
  /// brokers name a leader is not enough: of two batches that a producer sends to one that is not
  /// ready, it may refuse the first and take the second, and then the first never.
  private void awaitLeaders(Admin admin, List<String> created)
      throws InterruptedException, ExecutionException {
    var end = System.nanoTime() + patience.toNanos();
    while (!doLeadersAnswer(admin, created) && System.nanoTime() < end) Thread.sleep(LOOK_AGAIN);
  }

  private static boolean doLeadersAnswer(Admin admin, List<String> topics)
      throws InterruptedException, ExecutionException {
    try {
      var described = admin.describeTopics(topics).allTopicNames().get().values();
      if (!described.stream().allMatch(TopicAdmin::isLed)) return false;
      // Only who leads answers; one that does not yet is asked again by the client.
      var ids = described.stream().flatMap(Partitions::of).toList();
      var _ = new Partitions(admin).offsets(ids, OffsetSpec.latest());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) return false;
      throw e;
    }
  }

  private static boolean isLed(TopicDescription topic) {
    return topic.partitions().stream().allMatch(partition -> partition.leader() != null);
  }

  /// Nothing where another node was quicker.
  private static Optional<TopicFinding> refusal(String topic, ExecutionException e)
      throws ExecutionException {
    if (e.getCause() instanceof TopicExistsException) return Optional.empty();
    if (e.getCause() instanceof ApiException no && !(no instanceof RetriableException))
      return Optional.of(TopicFinding.error(topic, String.valueOf(no.getMessage())));
    throw e;
  }

  private static Map<String, Actual> existing(Admin admin, TopicPlan plan)
      throws InterruptedException, ExecutionException {
    var names = new HashSet<>(plan.topics().stream().map(PlannedTopic::name).toList());
    names.retainAll(admin.listTopics().names().get());
    var descriptions = admin.describeTopics(names).allTopicNames().get();
    var configs =
        admin
            .describeConfigs(
                names.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .all()
            .get();
    var actual = new HashMap<String, Actual>();
    configs.forEach((topic, config) -> {
      var description = descriptions.get(topic.name());
      if (description != null) actual.put(topic.name(), actual(description, config));
    });
    return actual;
  }

  private static Actual actual(TopicDescription description, Config config) {
    var replicas =
        description.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
    var settings =
        config.entries().stream()
            .filter(entry -> entry.value() != null)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    return new Actual(description.partitions().size(), replicas, settings);
  }

  private static void resultOf(Map<String, KafkaFuture<Void>> answers, String topic)
      throws InterruptedException, ExecutionException {
    var answer = answers.get(topic);
    if (answer != null) answer.get();
  }

  private static NewTopic newTopic(PlannedTopic topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) topic.replication())
        .configs(topic.config());
  }

  private <T> T ask(Inquiry.Question<T> question) throws KafkaUnreachable {
    return Inquiry.ask(cluster, Map.of(), timeouts(), question);
  }

  private Map<String, String> timeouts() {
    var millis = Long.toString(patience.toMillis());
    return Map.of("default.api.timeout.ms", millis, "request.timeout.ms", millis);
  }
}
