package io.posthouse.ops.trace;

import io.posthouse.message.QueueId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Messages that may be for whom is sought: their `accepted` names only the first of many
/// recipients. What happens to the others names them later, save where mail is stored: that tells
/// the user alone.
final class Candidates {
  /// The events whose `to` is recipients of the message itself.
  private static final Set<String> NAMING =
      Set.of("delivered", "deferred", "bounced", "expired", "notified", "directed", "replayed");

  private final Sought sought;
  private final Map<QueueId, Candidate> open = new LinkedHashMap<>();
  private final Set<QueueId> found = new LinkedHashSet<>();
  private boolean cut;

  /// @param named its recipients as far as anything has named them, none of them sought
  private record Candidate(EventLine accepted, Set<String> named) {
    void name(EventLine event) {
      event.recipients().forEach(to -> named.add(to.toLowerCase(Locale.ROOT)));
    }

    boolean isForOthers() {
      return named.size() >= accepted.recipientCount();
    }
  }

  Candidates(Sought sought) {
    this.sought = sought;
  }

  /// Of an `accepted` that does not name all recipients.
  void add(EventLine accepted) {
    if (open.size() >= Bound.CANDIDATES.most()) cut = true;
    else accepted.queueId().ifPresent(id -> open.computeIfAbsent(id, _ -> candidate(accepted)));
  }

  private static Candidate candidate(EventLine accepted) {
    var candidate = new Candidate(accepted, new HashSet<>());
    candidate.name(accepted);
    return candidate;
  }

  /// Takes notice of the recipients that an event names.
  void consider(EventLine event) {
    if (NAMING.contains(event.text("event"))) event.queueId().ifPresent(id -> decide(id, event));
  }

  private void decide(QueueId id, EventLine event) {
    var candidate = open.get(id);
    if (candidate == null) return;
    candidate.name(event);
    var isFound = sought.isFor(event.recipients());
    if (isFound) found.add(id);
    if (isFound || candidate.isForOthers()) open.remove(id);
  }

  /// Those that are neither found nor known to be for others: no event says whom else they are for.
  Map<QueueId, EventLine> open() {
    var accepted = new LinkedHashMap<QueueId, EventLine>();
    open.forEach((id, candidate) -> accepted.put(id, candidate.accepted()));
    return accepted;
  }

  /// Those for whom is sought.
  Set<QueueId> found() {
    return found;
  }

  /// Whether there were more than are kept.
  boolean isCut() {
    return cut;
  }
}
