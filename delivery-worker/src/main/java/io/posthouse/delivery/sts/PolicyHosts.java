package io.posthouse.delivery.sts;

import io.posthouse.address.Domain;
import io.posthouse.telemetry.TlsFailure;

/// Where policies lie: at `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` (RFC 8461 §3.3).
public interface PolicyHosts {
  /// What the policy host of `domain` says now. Blocks until it has said it or a time-out is over;
  /// never throws for what it does.
  Fetched fetch(Domain domain);

  sealed interface Fetched {
    /// Whether this is a policy is another question.
    record Text(String text) implements Fetched {}

    /// Nothing, and why.
    ///
    /// @param type as in TLS reports: the certificate of the host, or anything else
    record Failure(TlsFailure type, String why) implements Fetched {}
  }
}
