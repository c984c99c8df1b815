package io.posthouse.outcome;

/// One recipient, one attempt.
public sealed interface DeliveryOutcome {
  Evidence evidence();

  /// Another host has it.
  ///
  /// @param notifies whether the other host tells the sender of it, if the sender wants to know
  ///   (RFC 3461 §5.2.1)
  record Delivered(Evidence evidence, boolean notifies) implements DeliveryOutcome {}

  record Deferred(Scope scope, Evidence evidence) implements DeliveryOutcome {}

  record Failed(Scope scope, Evidence evidence) implements DeliveryOutcome {}
}
