package io.posthouse.kafka;

import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/// Somebody else has begun what was under way here: what was committed here is done, and what was
/// not may be done there. The message is fit for an operator.
public final class ReplayTakenOver extends RuntimeException {
  private static final long serialVersionUID = 1;

  private ReplayTakenOver(String message) {
    super(message);
  }

  /// A replay of the log: it goes on there.
  ///
  /// @param id of the replay
  static ReplayTakenOver of(String id) {
    return new ReplayTakenOver(
        "replay " + id + " goes on elsewhere: somebody has resumed it, and nothing is done twice");
  }

  /// A replay of dead letters: there it may be about others.
  static ReplayTakenOver ofDeadLetters() {
    return new ReplayTakenOver(
        "somebody else has begun to replay dead letters, which ends it here: what is told is done,"
            + " the rest takes another run, and nothing is done twice");
  }

  /// Whether this is what a writer hears of whom another has taken over.
  static boolean isIn(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause())
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) return true;
    return false;
  }
}
