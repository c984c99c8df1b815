package io.posthouse.storage.mailbox;

import io.posthouse.outcome.Evidence;
import java.io.IOException;

/// Gives messages to another system that keeps the mailbox, each once as far as that can be known.
/// Blocks, so call it on a virtual thread; safe from several.
public interface Handover extends AutoCloseable {
  /// Hands a message over, if that was not done before.
  ///
  /// @param delivery as it came: its user's rules are the other system's to follow
  /// @throws IOException if what remembers who has what does not answer: to be done again
  /// @throws InterruptedException if this process ends: whether it was handed over is found out
  ///   when it is taken again
  Answer handOver(Delivery delivery) throws IOException, InterruptedException;

  /// Lets go of what it has open. Whoever waits for an answer is interrupted as well.
  @Override
  void close();

  sealed interface Answer {
    /// The other system has it for good.
    ///
    /// @param said what it said
    /// @param again it had it before
    record Taken(String said, boolean again) implements Answer {}

    /// It does not want this message, now or later.
    record Refused(String why) implements Answer {}

    /// It does not want this message now.
    record NotNow(Evidence evidence) implements Answer {}

    /// It does not work now, whatever the message.
    record Unavailable(String why) implements Answer {}
  }
}
