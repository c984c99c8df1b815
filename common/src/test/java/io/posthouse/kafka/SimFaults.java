package io.posthouse.kafka;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// What goes wrong in a simulated cluster, by the dice of its seed, and which of our own rules are
/// broken in it, to see that somebody notices.
public final class SimFaults {
  private final Random dice;
  private final Set<BrokenRule> broken;
  private boolean calm;

  /// A rule that our promises rest on.
  public enum BrokenRule {
    /// Nobody is told what is in hand when a partition moves.
    CLAIMS_NOTHING,
    /// A commit says only up to where all is settled.
    FORGETS_WHAT_IS_SETTLED_BEYOND,
    /// A commit says that all is settled that was there to take.
    COMMITS_WHAT_IS_IN_FLIGHT,
    /// A message is settled before its outcome is durable.
    SETTLES_BEFORE_IT_RECORDS,
    /// What is moved and the place behind it are not written together.
    MOVES_AND_FORGETS,
    /// A commit of a mover does not say how far directives are done.
    FORGETS_HOW_FAR_IT_SWEPT
  }

  public SimFaults(Random dice, BrokenRule... broken) {
    this.dice = dice;
    this.broken = EnumSet.noneOf(BrokenRule.class);
    this.broken.addAll(Set.of(broken));
  }

  public Random dice() {
    return dice;
  }

  public boolean breaks(BrokenRule rule) {
    return broken.contains(rule);
  }

  /// From now on all is well.
  public void end() {
    calm = true;
  }

  boolean dropsCommit() {
    return !calm && oneIn(20);
  }

  boolean dropsAnswer() {
    return !calm && oneIn(20);
  }

  /// Whether the process dies at this very step.
  boolean kills() {
    return !calm && oneIn(150);
  }

  Map<TopicPartition, OffsetAndMetadata> committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, SimLog log) {
    var committed = new HashMap<>(offsets);
    if (breaks(BrokenRule.FORGETS_WHAT_IS_SETTLED_BEYOND))
      committed.replaceAll((_, at) -> new OffsetAndMetadata(at.offset()));
    if (breaks(BrokenRule.COMMITS_WHAT_IS_IN_FLIGHT))
      committed.replaceAll((id, _) -> new OffsetAndMetadata(log.end(id)));
    return committed;
  }

  private boolean oneIn(int many) {
    return dice.nextInt(many) == 0;
  }
}
