package io.posthouse.delivery.attempt;

import io.posthouse.delivery.breaker.Health;
import io.posthouse.delivery.conversation.Said;
import io.posthouse.delivery.conversation.Stage;
import io.posthouse.message.Recipient;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.telemetry.Result;
import java.util.List;
import java.util.Optional;

/// What came of one transaction with one address.
///
/// @param rest for recipients nothing was said to
/// @param lasts the connection is still good
/// @param what in a line, for the event
record Heard(
    List<Said> said,
    Optional<Judged> rest,
    boolean lasts,
    Health health,
    Result result,
    String what,
    Optional<ContentGone> contentGone) {
  Heard {
    said = List.copyOf(said);
  }

  /// The same, but for recipients nothing was said to.
  Heard withRest(Judged other) {
    return new Heard(said, Optional.of(other), lasts, health, result, what, contentGone);
  }

  List<Recipient> unanswered(List<Recipient> batch) {
    var answered = said.stream().map(Said::recipient).toList();
    return batch.stream().filter(recipient -> !answered.contains(recipient)).toList();
  }

  /// Whether the host refused us for where we come from.
  boolean dislikesUs() {
    return said.stream().anyMatch(s -> s.reply().isNegative() && Dislike.isMeantBy(s.reply()));
  }

  boolean somebodyGotThrough() {
    return said.stream().anyMatch(s -> s.to() == Stage.END && s.reply().isPositive());
  }

  /// Those who were one too many for the transaction, and might not be for another.
  List<Recipient> crowdedOut() {
    return said.stream().filter(Judgement::isTooManyRecipients).map(Said::recipient).toList();
  }
}
