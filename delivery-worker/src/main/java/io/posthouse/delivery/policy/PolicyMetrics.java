package io.posthouse.delivery.policy;

import io.posthouse.delivery.security.PolicySource;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;

/// Counts what is found.
public final class PolicyMetrics implements PolicyNotes {
  private final Counter policies;

  public PolicyMetrics(Metrics metrics) {
    this.policies =
        metrics.counter(
            "delivery_tls_policies_total", "Policies asked for about hosts.", "kind", "finding");
  }

  @Override
  public void found(PolicySource kind, Finding finding) {
    policies.labels(Metrics.label(kind), Metrics.label(finding)).inc();
  }
}
