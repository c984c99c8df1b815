package io.posthouse.queue;

import io.posthouse.message.Octets;
import io.posthouse.message.RecordPosition;
import java.util.concurrent.CompletionStage;

/// Where records go that we cannot even read, so that those behind them go on.
public interface DeadLetters {
  /// Puts a record aside as it is, with the reason, for an operator. Returns at once; the answer
  /// comes once, on any thread, and is never an exception. Until it is [Burial.Buried] the record
  /// must not be settled.
  CompletionStage<Burial> bury(RecordPosition origin, Octets record, String reason);

  sealed interface Burial {
    record Buried() implements Burial {}

    /// Not durable as far as we know; try again.
    record NotBuried(String why) implements Burial {}
  }
}
