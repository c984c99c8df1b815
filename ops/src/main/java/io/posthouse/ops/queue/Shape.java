package io.posthouse.ops.queue;

import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.node.Nodes;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The queue by group, place and age, and what it waits for. Its memory has a bound, whatever the
/// queue is like: of very many groups the last are counted as one.
final class Shape {
  private static final int MOST_GROUPS = 100_000;
  static final String UNREADABLE = "(unreadable)";
  static final String HERE = "(mailboxes here)";

  private final QueueFilter filter;
  private final Grouping grouping;
  private final Nodes nodes;
  private final Instant now;
  private final Group total = new Group();
  private final Map<String, Group> groups = new HashMap<>();
  private final UntriedMail untried = new UntriedMail(MOST_GROUPS);
  private final Reasons reasons = new Reasons();

  /// @param nodes who say what they have in hand
  Shape(QueueFilter filter, Grouping grouping, Nodes nodes, Instant now) {
    this.filter = filter;
    this.grouping = grouping;
    this.nodes = nodes;
    this.now = now;
  }

  /// Those of one group.
  record Named(String name, Group group) {}

  void add(Found found) {
    switch (found) {
      case Found.Owed owed -> {
        if (grouping == Grouping.SITE) learn(owed);
        add(owed.place(), owed.envelope(), lastSaid(owed.envelope()));
      }
      case Found.Dead dead ->
          dead.envelope()
              .ifPresentOrElse(
                  envelope -> add(Place.DEAD, envelope, Optional.of(dead.reason())),
                  () -> addUnreadable(dead, dead.reason()));
      case Found.Unreadable no -> addUnreadable(no, no.reason());
    }
  }

  Group total() {
    return total;
  }

  /// The largest first.
  List<Named> largest(long most) {
    return all().entrySet().stream()
        .map(entry -> new Named(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong((Named named) -> named.group().total())
                .reversed()
                .thenComparing(Named::name))
        .limit(most)
        .toList();
  }

  int groups() {
    return all().size();
  }

  List<Reasons.Counted> reasons(int most) {
    return reasons.top(most);
  }

  private void add(Place place, Envelope envelope, Optional<String> reason) {
    if (!filter.matches(envelope, now)) return;
    var age = Age.of(Duration.between(envelope.arrived(), now));
    var inFlight = InHand.of(place, envelope, nodes).filter(InHand::isUnderWay).isPresent();
    var all = Stream.concat(Stream.of(total), groups(envelope).stream());
    all.forEach(group -> {
      group.add(place, age, envelope.due());
      if (inFlight) group.isInFlight();
    });
    reason.ifPresent(reasons::add);
  }

  private List<Group> groups(Envelope envelope) {
    return grouping == Grouping.SITE && envelope.site().isEmpty()
        ? envelope.destinations().stream().map(this::untried).distinct().toList()
        : grouping.of(envelope).stream().map(this::group).toList();
  }

  private Group untried(Destination destination) {
    return switch (destination) {
      case Destination.Remote(var domain) -> untried.group(domain);
      case Destination.Local _, Destination.Forwarded _ -> group(HERE);
    };
  }

  /// Also from what the filter leaves out: it is as true of what it means.
  private void learn(Found.Owed owed) {
    for (var destination : owed.envelope().destinations())
      if (destination instanceof Destination.Remote(var domain))
        owed.envelope().site().ifPresent(site -> untried.went(domain, site, owed.written()));
  }

  /// With what nobody has tried where it belongs.
  private Map<String, Group> all() {
    if (grouping != Grouping.SITE) return groups;
    var all = new HashMap<String, Group>();
    groups.forEach((name, group) -> all.computeIfAbsent(name, _ -> new Group()).add(group));
    untried.each((site, group) -> all.computeIfAbsent(site, _ -> new Group()).add(group));
    return all;
  }

  /// Nobody knows whose it is, so only those who ask for everything see it.
  private void addUnreadable(Found found, String reason) {
    if (!filter.isEverything()) return;
    var age = Age.of(Duration.between(found.written(), now));
    total.add(found.place(), age, Optional.empty());
    group(UNREADABLE).add(found.place(), age, Optional.empty());
    reasons.add(reason);
  }

  private Group group(String name) {
    var known = groups.size() < MOST_GROUPS || groups.containsKey(name);
    return groups.computeIfAbsent(known ? name : Reasons.OTHERS, _ -> new Group());
  }

  private static Optional<String> lastSaid(Envelope envelope) {
    return envelope.attempts().isEmpty()
        ? Optional.empty()
        : Optional.of(envelope.attempts().getLast().said());
  }
}
