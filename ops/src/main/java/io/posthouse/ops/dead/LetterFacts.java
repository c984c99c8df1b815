package io.posthouse.ops.dead;

import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.DeadLetter;
import io.posthouse.queue.MalformedRecord;
import java.util.List;
import java.util.Optional;

/// What an operator is shown of a dead letter.
///
/// @param envelope empty where nobody can read it
record LetterFacts(DeadLetter letter, boolean replayed, Optional<Envelope> envelope) {
  static LetterFacts of(DeadLetter letter, boolean replayed) {
    try {
      return new LetterFacts(letter, replayed, Optional.of(letter.envelope()));
    } catch (MalformedRecord unreadable) {
      return new LetterFacts(letter, replayed, Optional.empty());
    }
  }

  String queueId() {
    return envelope.map(e -> e.queueId().text()).orElse("");
  }

  String sender() {
    return envelope.map(e -> e.reversePath().toString()).orElse("");
  }

  List<String> recipients() {
    return envelope.stream()
        .flatMap(e -> e.recipients().stream())
        .map(recipient -> recipient.address().toString())
        .toList();
  }

  /// Where the record was; where its message was accepted to go, if that is all we know.
  String origin() {
    return letter.origin().map(RecordPosition::toString).orElse("");
  }
}
