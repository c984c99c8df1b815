package io.posthouse.storage.intake;

import io.posthouse.message.QueueId;
import io.posthouse.node.InFlight;
import io.posthouse.node.Some;
import io.posthouse.node.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The batches that writers are at, for those who watch.
final class Desk {
  private final InstantSource clock;
  private final Set<Lying> lying = ConcurrentHashMap.newKeySet();

  Desk(InstantSource clock) {
    this.clock = clock;
  }

  /// The same work, seen while it goes on.
  Writer.Work watched(Writer.Work work) {
    return batch -> {
      var seen = new Lying(List.copyOf(batch), clock.instant());
      lying.add(seen);
      try {
        return work.on(batch);
      } finally {
        lying.remove(seen);
      }
    };
  }

  /// The messages that are being stored, each for one user.
  List<InFlight> inFlight() {
    var all = new ArrayList<InFlight>();
    for (var batch : lying)
      for (var message : batch.messages)
        all.add(new InFlight(id(message), message.user().hex(), "", "", batch.since));
    return all;
  }

  private static QueueId id(Waiting message) {
    return message.taken().envelope().queueId();
  }

  /// @param waiting messages that nobody is at
  static Work work(List<InFlight> inFlight, int waiting) {
    return new Work(
        Some.of(inFlight), new Some<>(List.of(), waiting), Some.of(List.of()), Some.of(List.of()));
  }

  /// One batch; another may hold the same messages again.
  private static final class Lying {
    private final List<Waiting> messages;
    private final Instant since;

    Lying(List<Waiting> messages, Instant since) {
      this.messages = messages;
      this.since = since;
    }
  }
}
