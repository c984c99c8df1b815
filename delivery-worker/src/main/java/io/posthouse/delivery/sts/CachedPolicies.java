package io.posthouse.delivery.sts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.address.Domain;
import java.util.Optional;

/// Policies in memory, those that are used least leaving when it is full.
public final class CachedPolicies implements PolicyMemory {
  /// Of text; most policies have some hundred characters.
  private static final long MOST_CHARACTERS = 32 << 20;

  /// What an entry costs beside its text.
  private static final int OVERHEAD = 200;

  private final Cache<Domain, KnownPolicy> policies =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .<Domain, KnownPolicy>weigher((_, policy) -> OVERHEAD + policy.text().length())
          .build();

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public Optional<KnownPolicy> policy(Domain domain) {
    return Optional.ofNullable(policies.getIfPresent(domain));
  }

  /// Of two the one that was fetched later stays.
  @Override
  public void remember(Domain domain, KnownPolicy policy) {
    policies
        .asMap()
        .merge(
            domain, policy, (old, young) -> old.fetched().isAfter(young.fetched()) ? old : young);
  }

  /// How many there are, more or less.
  long size() {
    return policies.estimatedSize();
  }
}
