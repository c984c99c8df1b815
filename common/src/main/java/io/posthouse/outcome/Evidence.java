package io.posthouse.outcome;

import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;

/// What the other host said, or what we saw: different DSN fields (RFC 3464 §2.3.6), so never one
/// string.
public sealed interface Evidence {
  record Replied(MxHost mx, Reply reply) implements Evidence {}

  record Observed(EnhancedStatus status, String what) implements Evidence {}

  /// The status that tells it best: the one in the reply, or the class of its code.
  default EnhancedStatus status() {
    return switch (this) {
      case Observed(var status, _) -> status;
      case Replied(_, var reply) ->
          reply.status().orElseGet(() -> new EnhancedStatus(category(reply), 0, 0));
    };
  }

  /// One line for logs and history.
  default String text() {
    return switch (this) {
      case Observed(_, var what) -> what;
      case Replied(var mx, var reply) -> mx.name() + " said: " + reply;
    };
  }

  private static int category(Reply reply) {
    if (reply.isPermanent()) return 5;
    return reply.isTransient() ? 4 : 2;
  }
}
