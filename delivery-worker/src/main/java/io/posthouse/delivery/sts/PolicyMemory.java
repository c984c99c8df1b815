package io.posthouse.delivery.sts;

import io.posthouse.address.Domain;
import java.util.Optional;

/// The policies that were fetched, by domain.
public interface PolicyMemory {
  /// Why what was remembered before is not known yet; empty once it is.
  Optional<String> trouble();

  /// What was last remembered, be it over or not.
  Optional<KnownPolicy> policy(Domain domain);

  /// Takes the place of what was known; never waits.
  void remember(Domain domain, KnownPolicy policy);
}
