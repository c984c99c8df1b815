package io.posthouse.delivery.policy;

import io.posthouse.delivery.security.PolicySource;

/// Hears of each policy that was asked for.
@FunctionalInterface
public interface PolicyNotes {
  void found(PolicySource kind, Finding finding);
}
