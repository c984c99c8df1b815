package io.posthouse.kafka;

import io.posthouse.kafka.ReplayPlan.Also;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Orders;
import io.posthouse.message.Recipient;
import java.util.List;
import java.util.function.Predicate;

/// What a replay does with a record. A decision about values.
///
/// @param candidates what is known of the recipients
/// @param isGone whether content is not retained any longer
record ReplayJudge(ReplayPlan plan, Candidates candidates, Predicate<Content> isGone) {
  sealed interface Judgement {
    /// It is put there, for these recipients.
    record Replay(Envelope envelope) implements Judgement {}

    record Leave(LeftOut reason) implements Judgement {}
  }

  Judgement judge(Envelope envelope) {
    if (isLaterWay(envelope)) return new Judgement.Leave(LeftOut.LATER_WAY);
    if (!plan.filter().matches(envelope, plan.issued()))
      return new Judgement.Leave(LeftOut.NOT_MEANT);
    if (envelope.destinations().stream().anyMatch(Destination.Forwarded.class::isInstance))
      return new Judgement.Leave(LeftOut.SENT_ON);
    // On its way to its end, it is not what is meant to be there again.
    if (envelope.orders().ending().isPresent()) return new Judgement.Leave(LeftOut.GIVEN_UP);
    var open = open(envelope);
    if (open.isEmpty()) return new Judgement.Leave(whyNone(envelope));
    if (isGone.test(envelope.content())) return new Judgement.Leave(LeftOut.CONTENT_GONE);
    return new Judgement.Replay(envelope.forRecipients(open));
  }

  /// Whether anybody has to ask what became of its recipients.
  boolean isCandidate(Envelope envelope) {
    return !isLaterWay(envelope) && plan.filter().matches(envelope, plan.issued());
  }

  /// A message is sent again because of its first record alone, or each retry would send it once
  /// more. What is stored once anyway is stored from wherever it turns up: its first way may have
  /// been before the span.
  private boolean isLaterWay(Envelope envelope) {
    return switch (plan.source()) {
      case LOCAL -> false;
      case REMOTE -> envelope.due().isPresent() || !envelope.orders().equals(Orders.NONE);
    };
  }

  private List<Recipient> open(Envelope envelope) {
    return envelope.recipients().stream().filter(to -> isOpen(envelope, to)).toList();
  }

  private boolean isOpen(Envelope envelope, Recipient to) {
    return switch (state(envelope, to)) {
      case ENDED -> true;
      case QUEUED -> false;
      case DELIVERED -> plan.also().contains(Also.DELIVERED);
      case GIVEN_UP -> plan.also().contains(Also.GIVEN_UP);
    };
  }

  private LeftOut whyNone(Envelope envelope) {
    if (isAny(envelope, Candidates.State.QUEUED)) return LeftOut.QUEUED;
    return isAny(envelope, Candidates.State.GIVEN_UP) ? LeftOut.GIVEN_UP : LeftOut.DELIVERED;
  }

  private boolean isAny(Envelope envelope, Candidates.State state) {
    return envelope.recipients().stream().anyMatch(to -> state(envelope, to) == state);
  }

  private Candidates.State state(Envelope envelope, Recipient to) {
    return candidates.of(envelope.queueId(), to.address().toString());
  }
}
