package io.posthouse.kafka;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/// What keeps held messages from growing old: each is written anew in time, with its content, so
/// that nobody need keep old records for its sake.
public interface Renewals {
  /// When a held message is to be written anew.
  ///
  /// @param written when its record was, by the broker's clock
  Instant due(Envelope held, Instant written);

  /// Begins to bring its content to where it lives as long as that of a message which comes now.
  /// Whoever asks twice has it brought twice: what no record refers to ages out. The answer is
  /// never an exception.
  CompletionStage<Answer> begin(Envelope held);

  /// What came of it.
  sealed interface Answer {
    /// It lies there, too.
    record Brought(Content content) implements Answer {}

    /// It is not retained any longer; `why` is for an operator.
    record Gone(String why) implements Answer {}

    /// Somebody does not answer, and has told why: try again later.
    record NotNow() implements Answer {}
  }
}
