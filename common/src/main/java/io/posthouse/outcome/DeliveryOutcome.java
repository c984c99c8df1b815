package io.posthouse.outcome;

/// One recipient, one attempt.
public sealed interface DeliveryOutcome {
  Evidence evidence();

  record Delivered(Evidence evidence) implements DeliveryOutcome {}

  record Deferred(Scope scope, Evidence evidence) implements DeliveryOutcome {}

  record Failed(Scope scope, Evidence evidence) implements DeliveryOutcome {}
}
