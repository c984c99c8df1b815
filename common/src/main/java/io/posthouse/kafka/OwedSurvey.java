package io.posthouse.kafka;

import io.posthouse.queue.Place;
import io.posthouse.queue.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/// Asks the cluster what its readers have left open of the queue.
final class OwedSurvey {
  private final Admin admin;
  private final Topics topics;
  private final ConsumerGroups groups;
  private final IsolationLevel isolation;

  /// Of what can be read at once.
  OwedSurvey(Admin admin, Topics topics) {
    this(admin, topics, IsolationLevel.READ_COMMITTED);
  }

  /// @param isolation whether what lies behind a transaction that is not over is open, too
  OwedSurvey(Admin admin, Topics topics, IsolationLevel isolation) {
    this.isolation = isolation;
    this.admin = admin;
    this.topics = topics;
    this.groups = new ConsumerGroups(topics);
  }

  /// What is open in a partition.
  ///
  /// @param note settled and open offsets as the group's last commit has them
  /// @param sweep what directives have taken from here, or left to fewer recipients
  /// @param end above the newest record that counts
  record Open(Place place, TopicPartition id, CommitNote note, SweepNote sweep, long end) {
    List<Span> spans() {
      return Span.open(id, note, end);
    }
  }

  /// What each group has left open of the partitions of these places.
  List<Open> of(Collection<Place> places) throws ExecutionException, InterruptedException {
    var placeOf = placesOfTopics(places);
    var partitions = new Partitions(admin, isolation);
    var ids = partitions.of(placeOf.keySet());
    // Commits first: what moves on between the two questions is seen twice rather than not at all.
    var committed = committed();
    var begins = partitions.offsets(ids, OffsetSpec.earliest());
    var ends = partitions.offsets(ids, OffsetSpec.latest());
    var open = new ArrayList<Open>();
    for (var id : ids) {
      var place = Optional.ofNullable(placeOf.get(id.topic())).orElseThrow();
      long begin = begins.getOrDefault(id, 0L);
      long end = ends.getOrDefault(id, begin);
      // A group that has committed nothing has it all before it.
      var commit = Optional.ofNullable(committed.get(id));
      var note =
          commit
              .map(last -> CommitNote.of(last.offset(), last.metadata()))
              .orElseGet(() -> CommitNote.at(begin))
              .within(begin, end);
      var sweep = commit.map(last -> SweepNote.parse(last.metadata())).orElse(SweepNote.NONE);
      open.add(new Open(place, id, note, sweep, end));
    }
    return open;
  }

  /// The topics that are there: a tier that is no longer in the schedule may hold mail yet.
  private Map<String, Place> placesOfTopics(Collection<Place> places)
      throws ExecutionException, InterruptedException {
    var there = new HashMap<String, Place>();
    for (var topic : admin.listTopics().names().get())
      place(topic).filter(places::contains).ifPresent(place -> there.put(topic, place));
    return there;
  }

  private Optional<Place> place(String topic) {
    if (topic.equals(topics.remote()) || topic.equals(topics.local()))
      return Optional.of(Place.FIRST);
    if (topic.equals(topics.remoteDue()) || topic.equals(topics.localDue()))
      return Optional.of(Place.DUE);
    if (topic.equals(topics.split())) return Optional.of(Place.SPLIT);
    if (topic.equals(topics.held())) return Optional.of(Place.HELD);
    if (topic.equals(topics.dead())) return Optional.of(Place.DEAD);
    return topics.isRetry(topic) ? Optional.of(Place.DEFERRED) : Optional.empty();
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws ExecutionException, InterruptedException {
    var committed = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var group : groups.all())
      committed.putAll(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
    return committed;
  }
}
