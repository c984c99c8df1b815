package io.posthouse.kafka;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/// Whether the partitions are still ours. A member that was not heard of for its session loses them
/// without a word, and would hand out what another has taken long since: one that may have been
/// silent commits first, which only a member can.
final class Tenure {
  /// Below the session time-out.
  private static final long LONGEST_GAP = TimeUnit.SECONDS.toNanos(8);

  private final ConsumerPulse pulse;
  private final LedgerCommits commits;
  private final Inbox inbox;
  private long lastTurn;
  private boolean doubtful;

  Tenure(ConsumerPulse pulse, LedgerCommits commits, Inbox inbox) {
    this.pulse = pulse;
    this.commits = commits;
    this.inbox = inbox;
    lastTurn = inbox.nanoTime();
  }

  /// Whether what was polled of these partitions may be handed out; asked at each turn.
  boolean isSure(Collection<TopicPartition> ids) {
    var now = inbox.nanoTime();
    var paused = now - lastTurn > LONGEST_GAP;
    lastTurn = now;
    var silent = pulse.trouble().isPresent();
    doubtful |= paused || silent;
    if (doubtful && !silent) doubtful = !commits.prove(ids);
    return !doubtful;
  }
}
