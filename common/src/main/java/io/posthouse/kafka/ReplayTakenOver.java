package io.posthouse.kafka;

import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/// Somebody resumed a replay that was under way here: it goes on there, and what was not committed
/// here is done there. The message is fit for an operator.
public final class ReplayTakenOver extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param id of the replay
  public ReplayTakenOver(String id) {
    super(
        "replay " + id + " goes on elsewhere: somebody has resumed it, and nothing is done twice");
  }

  /// Whether this is what a writer hears of whom another has taken over.
  static boolean isIn(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause())
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) return true;
    return false;
  }
}
