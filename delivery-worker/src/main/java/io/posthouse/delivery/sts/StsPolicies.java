package io.posthouse.delivery.sts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.address.Domain;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Finds the policy of a domain (RFC 8461 §3 and §5.1): the one that is announced now or, whatever
/// becomes of the announcement, one that was fetched and is not over. What was promised once cannot
/// be taken back by somebody who merely stands in the way.
public final class StsPolicies {
  private static final int MOST_SILENT = 100_000;

  /// For so long nobody waits again for a record that could not be had.
  private static final Duration AFTER_SILENCE = Duration.ofMinutes(1);

  private final Dns dns;
  private final PolicyMemory memory;
  private final Fetches fetches;
  private final InstantSource clock;
  private final Cache<Domain, Boolean> silent;

  /// @param patience of a message whose domain has a policy that we have not
  public StsPolicies(
      Dns dns,
      PolicyHosts hosts,
      PolicyMemory memory,
      StsNotes notes,
      InstantSource clock,
      Duration patience) {
    this.dns = dns;
    this.memory = memory;
    this.clock = clock;
    this.fetches =
        new Fetches(
            hosts,
            memory,
            (domain, outcome) -> notes.fetched(domain, outcome.result(), outcome.why()),
            clock,
            patience);
    this.silent =
        Caffeine.newBuilder()
            .maximumSize(MOST_SILENT)
            .expireAfterWrite(AFTER_SILENCE)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /// What a domain says.
  public sealed interface Standing {
    record Policy(StsPolicy policy) implements Standing {}

    /// Nothing that we know of.
    record None() implements Standing {}

    /// What we knew of old is not at hand, so nobody can say.
    record Unknown(String why) implements Standing {}
  }

  /// The policy that counts for mail to `domain` now. Blocks while the DNS is asked, and while a
  /// policy is fetched that we have not.
  public Standing of(Domain domain) {
    var trouble = memory.trouble();
    if (trouble.isPresent()) return new Standing.Unknown(trouble.get());
    return current(domain)
        .<Standing>map(known -> new Standing.Policy(known.policy()))
        .orElseGet(Standing.None::new);
  }

  private Optional<KnownPolicy> current(Domain domain) {
    var now = clock.instant();
    var known = memory.policy(domain).filter(policy -> policy.holdsAt(now));
    var announced = announced(domain);
    if (announced.isEmpty()) return known;
    var isTheOne = known.filter(policy -> policy.id().equals(announced.get().id()));
    if (isTheOne.isEmpty()) return fetches.await(domain, announced.get()).or(() -> known);
    if (isTheOne.get().isStaleAt(now)) fetches.begin(domain, announced.get());
    return isTheOne;
  }

  private Optional<StsRecord> announced(Domain domain) {
    var name = Domain.parse("_mta-sts." + domain);
    if (name.isEmpty() || silent.getIfPresent(domain) != null) return Optional.empty();
    return switch (dns.txt(name.get())) {
      case Answer.Found<String> found -> StsRecord.among(found.records());
      case Answer.NoData<String> _, Answer.NoSuchName<String> _ -> Optional.empty();
      case Answer.Unanswered<String> _ -> {
        silent.put(domain, true);
        yield Optional.empty();
      }
    };
  }
}
