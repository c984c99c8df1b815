package io.posthouse.delivery.sts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.address.Domain;
import io.posthouse.delivery.sts.PolicyHosts.Fetched;
import io.posthouse.telemetry.TlsFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/// Fetches policies: each domain's once at a time, whoever waits for it, and not many domains' at
/// once. What failed is not tried again for a while.
final class Fetches {
  private static final int MOST_AT_ONCE = 64;
  private static final int MOST_FAILURES = 100_000;

  /// RFC 8461 §3.3.
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  private final PolicyHosts hosts;
  private final PolicyMemory memory;
  private final BiConsumer<Domain, Outcome> notes;
  private final InstantSource clock;
  private final Duration patience;
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE, true);
  private final Map<Domain, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();
  private final Cache<Domain, Outcome> failed;

  /// What came of a fetch.
  ///
  /// @param id that announced the policy
  /// @param why it is not there, if it is not
  record Outcome(String id, Fetch result, Optional<KnownPolicy> policy, String why) {}

  /// @param notes hears of each outcome
  /// @param patience of those who wait
  Fetches(
      PolicyHosts hosts,
      PolicyMemory memory,
      BiConsumer<Domain, Outcome> notes,
      InstantSource clock,
      Duration patience) {
    this.hosts = hosts;
    this.memory = memory;
    this.notes = notes;
    this.clock = clock;
    this.patience = patience;
    this.failed =
        Caffeine.newBuilder()
            .maximumSize(MOST_FAILURES)
            .expireAfterWrite(AFTER_FAILURE)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /// Fetches without anybody waiting, unless somebody does already or it failed lately.
  void begin(Domain domain, StsRecord announced) {
    var _ = started(domain, announced);
  }

  /// The policy, if it can be had; blocks for as long as our patience lasts.
  Optional<KnownPolicy> await(Domain domain, StsRecord announced) {
    try {
      var outcome = started(domain, announced);
      return outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS).policy();
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private CompletableFuture<Outcome> started(Domain domain, StsRecord announced) {
    var failure = failed.getIfPresent(domain);
    if (failure != null && failure.id().equals(announced.id()))
      return CompletableFuture.completedFuture(failure);
    return running.computeIfAbsent(domain, _ -> start(domain, announced));
  }

  private CompletableFuture<Outcome> start(Domain domain, StsRecord announced) {
    var outcome = new CompletableFuture<Outcome>();
    Thread.ofVirtual().name("mta-sts-" + domain).start(() -> run(domain, announced, outcome));
    return outcome;
  }

  private void run(Domain domain, StsRecord announced, CompletableFuture<Outcome> waiting) {
    slots.acquireUninterruptibly();
    try {
      var outcome = fresh(domain, announced).orElseGet(() -> settled(domain, announced));
      running.remove(domain);
      waiting.complete(outcome);
    } catch (RuntimeException | Error bug) {
      running.remove(domain);
      waiting.completeExceptionally(bug);
      throw bug;
    } finally {
      slots.release();
    }
  }

  /// What somebody else fetched since we were asked to, this worker or another.
  private Optional<Outcome> fresh(Domain domain, StsRecord announced) {
    return memory
        .policy(domain)
        .filter(policy -> policy.id().equals(announced.id()))
        .filter(policy -> !policy.isStaleAt(clock.instant()))
        .map(policy -> new Outcome(announced.id(), Fetch.FETCHED, Optional.of(policy), ""));
  }

  /// Fetched, and remembered before anybody asks again.
  private Outcome settled(Domain domain, StsRecord announced) {
    var outcome = fetch(domain, announced);
    outcome
        .policy()
        .ifPresentOrElse(
            policy -> memory.remember(domain, policy), () -> failed.put(domain, outcome));
    notes.accept(domain, outcome);
    return outcome;
  }

  private Outcome fetch(Domain domain, StsRecord announced) {
    return switch (hosts.fetch(domain)) {
      case Fetched.Text(var text) -> policy(announced, text);
      case Fetched.Failure(var type, var why) -> {
        var certificate = type == TlsFailure.STS_WEBPKI_INVALID;
        yield failure(announced, certificate ? Fetch.NOT_TRUSTED : Fetch.FAILED, why);
      }
    };
  }

  private Outcome policy(StsRecord announced, String text) {
    try {
      var policy = KnownPolicy.of(announced.id(), text, clock.instant());
      return new Outcome(announced.id(), Fetch.FETCHED, Optional.of(policy), "");
    } catch (IllegalArgumentException invalid) {
      return failure(announced, Fetch.INVALID, String.valueOf(invalid.getMessage()));
    }
  }

  private static Outcome failure(StsRecord announced, Fetch result, String why) {
    return new Outcome(announced.id(), result, Optional.empty(), why);
  }
}
