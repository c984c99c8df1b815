package io.posthouse.delivery.attempt;

import io.posthouse.delivery.conversation.Said;
import io.posthouse.delivery.conversation.Stage;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Delivered;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;

/// What a reply means for its recipient. Pure.
///
/// A transient refusal is worth another address at once; a permanent one is not, unless it is about
/// us as this address sees us.
final class Judgement {
  private static final EnhancedStatus TOO_MANY_RECIPIENTS = EnhancedStatus.of("5.5.3");

  private Judgement() {}

  static Judged of(MxHost mx, Said said) {
    var reply = said.reply();
    var evidence = new Evidence.Replied(mx, reply);
    if (reply.isPositive()) return new Judged(new Delivered(evidence, said.notifies()), true);
    if (reply.code() == 421) return elsewhere(new Deferred(Scope.HOST, evidence));
    if (reply.isTransient() || isTooManyRecipients(said))
      return elsewhere(new Deferred(reach(said.to()), evidence));
    if (wantsLogin(reply)) return elsewhere(new Deferred(Scope.HOST, evidence));
    if (Dislike.isMeantBy(reply)) return elsewhere(new Failed(Scope.HOST, evidence));
    return new Judged(new Failed(reach(said.to()), evidence), true);
  }

  /// Whether the recipient may go again over the same connection, in a smaller company.
  static boolean isTooManyRecipients(Said said) {
    var reply = said.reply();
    if (said.to() != Stage.RCPT) return false;
    // RFC 5321 §4.5.3.1.10: 552 to RCPT means 452.
    if (reply.code() == 552)
      return reply.status().isEmpty() || reply.status().get().equals(TOO_MANY_RECIPIENTS);
    return reply.code() == 452
        && reply.status().filter(s -> s.subject() == 5 && s.detail() == 3).isPresent();
  }

  /// They want TLS, or a login other than ours: not the sender's fault (RFC 4954 §6).
  private static boolean wantsLogin(Reply reply) {
    return switch (reply.code()) {
      case 530, 534, 535, 538 -> true;
      default -> false;
    };
  }

  private static Judged elsewhere(DeliveryOutcome outcome) {
    return new Judged(outcome, false);
  }

  private static Scope reach(Stage to) {
    return to == Stage.RCPT ? Scope.RECIPIENT : Scope.MESSAGE;
  }
}
