package io.posthouse.delivery.breaker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;

/// One breaker for each address and port that we talked to lately. Only what is wrong with the host
/// itself may be reported as a failure: a full mailbox closes no road.
public final class HostBreakers {
  /// Longer than any breaker stays open, so that none is forgotten while it is.
  private static final Duration FORGET_AFTER = Duration.ofHours(6);

  private record Key(InetAddress address, int port) {}

  private final CircuitBreakerConfig config;
  private final Cache<Key, HostBreaker> breakers;

  public HostBreakers(BreakerSettings settings, InstantSource clock) {
    this.config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(settings.failures())
            .minimumNumberOfCalls(settings.failures())
            .failureRateThreshold(100)
            .waitDurationInOpenState(settings.open())
            .permittedNumberOfCallsInHalfOpenState(1)
            // A probe that is never reported must not block an address for ever.
            .maxWaitDurationInHalfOpenState(settings.open())
            .clock(clock.withZone(ZoneOffset.UTC))
            .build();
    this.breakers =
        Caffeine.newBuilder()
            .maximumSize(settings.remembered())
            .expireAfterAccess(FORGET_AFTER)
            .build();
  }

  /// The breaker of an address.
  public HostBreaker of(MxHost mx) {
    return breakers.get(
        new Key(mx.address(), mx.port()),
        _ -> new HostBreaker(CircuitBreaker.of(mx.address().getHostAddress(), config)));
  }

  /// Addresses that are left alone now.
  public long open() {
    return breakers.asMap().values().stream().filter(HostBreaker::isOpen).count();
  }

  static boolean isOpen(CircuitBreaker breaker) {
    return breaker.getState() == State.OPEN || breaker.getState() == State.HALF_OPEN;
  }
}
