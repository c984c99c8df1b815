package io.posthouse.ops.trace;

import io.posthouse.message.QueueId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What happened to some messages, and to those that came of them: DSNs, forwards, answers. Of very
/// many events the first are kept.
final class Life {
  private final Map<QueueId, List<EventLine>> byMessage = new LinkedHashMap<>();
  private final List<EventLine> refusals = new ArrayList<>();
  private final List<EventLine> perhaps = new ArrayList<>();
  private final Set<QueueId> asked = new HashSet<>();
  private final Set<Bound> exceeded = EnumSet.noneOf(Bound.class);
  private int events;

  /// Of a message that is to be looked up.
  void about(QueueId id) {
    if (byMessage.containsKey(id) || !hasRoom(Bound.MESSAGES, byMessage.size())) return;
    byMessage.put(id, new ArrayList<>());
  }

  void refused(EventLine event) {
    if (hasRoom(Bound.REFUSALS, refusals.size())) refusals.add(event);
  }

  /// An event of a message that was asked for.
  void add(EventLine event) {
    var known = event.queueId().flatMap(id -> Optional.ofNullable(byMessage.get(id)));
    if (known.isEmpty() || !hasRoom(Bound.EVENTS, events)) return;
    events++;
    known.get().add(event);
    event.descendants().forEach(this::about);
  }

  /// What was decided of the candidates, as far as anything could be.
  void decided(Candidates candidates) {
    candidates.found().forEach(this::about);
    perhaps.addAll(candidates.open().values());
    if (candidates.isCut()) exceeded.add(Bound.CANDIDATES);
  }

  private boolean hasRoom(Bound bound, int taken) {
    if (taken >= bound.most()) exceeded.add(bound);
    return taken < bound.most();
  }

  /// Those nobody has looked up yet; each is given once.
  Set<QueueId> unread() {
    var unread = new HashSet<>(byMessage.keySet());
    unread.removeAll(asked);
    asked.addAll(unread);
    return unread;
  }

  /// The messages of which anything is known, each with its events in the order of their time.
  Map<QueueId, List<EventLine>> messages() {
    var known = new LinkedHashMap<QueueId, List<EventLine>>();
    byMessage.forEach((id, lines) -> {
      if (!lines.isEmpty()) known.put(id, inOrder(lines));
    });
    return known;
  }

  List<EventLine> refusals() {
    return inOrder(refusals);
  }

  /// Each `accepted` for more recipients than any event names: it may be what was asked for.
  List<EventLine> perhaps() {
    return inOrder(perhaps);
  }

  boolean isEmpty() {
    return refusals.isEmpty() && perhaps.isEmpty() && messages().isEmpty();
  }

  /// What there was more of than is kept.
  Set<Bound> exceeded() {
    return exceeded;
  }

  /// The text of a time sorts as the time does; what has the same stays as it was in the log.
  private static List<EventLine> inOrder(List<EventLine> lines) {
    return lines.stream().sorted(Comparator.comparing(line -> line.text("at"))).toList();
  }
}
