package io.posthouse.delivery.policy;

import io.posthouse.address.Domain;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.sts.Fetch;
import io.posthouse.delivery.sts.StsNotes;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what is found, and says which policy host is in trouble.
public final class PolicyMetrics implements PolicyNotes, StsNotes {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyMetrics.class);

  private final Counter policies;
  private final Counter fetches;

  public PolicyMetrics(Metrics metrics) {
    this.policies =
        metrics.counter(
            "delivery_tls_policies_total", "Policies asked for about hosts.", "kind", "finding");
    this.fetches =
        metrics.counter("delivery_mta_sts_fetches_total", "Policy hosts asked.", "result");
  }

  @Override
  public void found(PolicySource kind, Finding finding) {
    policies.labels(Metrics.label(kind), Metrics.label(finding)).inc();
  }

  @Override
  public void fetched(Domain domain, Fetch result, String why) {
    fetches.labels(Metrics.label(result)).inc();
    if (result != Fetch.FETCHED) LOG.warn("no MTA-STS policy of {}: {}", domain, why);
  }
}
