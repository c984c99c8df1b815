package io.posthouse.delivery.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/// What we know of one address, of a family of one site, or of our own road to a family. Safe from
/// any thread.
///
/// It opens when more conversations have failed in a row than are still under way: so one failure
/// says little about a host that serves twenty others meanwhile, as with the cohorts of Postfix.
/// When to open and for how long is decided here; resilience4j keeps time and probes.
public final class Breaker {
  private final String name;
  private final BreakerSettings settings;
  private final InstantSource clock;
  private final CircuitBreaker circuit;
  private boolean probing;
  private int underWay;
  private int failedInARow;
  private int pausesInARow;
  private String lastFailure = "";
  private Instant until = Instant.MIN;

  Breaker(String name, BreakerSettings settings, InstantSource clock, CircuitBreakerConfig config) {
    this.name = name;
    this.settings = settings;
    this.clock = clock;
    this.circuit = CircuitBreaker.of(name, config);
  }

  /// What all breakers on a clock have in common.
  static CircuitBreakerConfig config(InstantSource clock) {
    return CircuitBreakerConfig.custom()
        .permittedNumberOfCallsInHalfOpenState(1)
        // Not used, as when it opens is decided here; a big one would only be remembered.
        .slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
        .clock(clock.withZone(ZoneOffset.UTC))
        .build();
  }

  /// Permission for one conversation, empty while it is left alone. Every permit must be reported
  /// on, or a probe would never end.
  public synchronized Optional<Permit> ask() {
    if (!circuit.tryAcquirePermission()) return Optional.empty();
    underWay++;
    probing = isProbed();
    return Optional.of(new Permit(probing));
  }

  /// Why it is left alone, and until when.
  public synchronized LeftAlone leftAlone() {
    var now = clock.instant();
    // One conversation is finding out; that takes moments, or else it will be later.
    return new LeftAlone(name, lastFailure, until.isBefore(now) ? now : until);
  }

  /// The same, but only if nobody may try now; asks for nothing.
  public synchronized Optional<LeftAlone> leftAloneNow() {
    return switch (circuit.getState()) {
      case HALF_OPEN -> probing ? Optional.of(leftAlone()) : Optional.empty();
      case OPEN -> clock.instant().isAfter(until) ? Optional.empty() : Optional.of(leftAlone());
      default -> Optional.empty();
    };
  }

  /// Whether nobody may try, or only one may.
  public synchronized boolean isOpen() {
    return circuit.getState() != State.CLOSED;
  }

  /// Whether one conversation finds out, or may.
  synchronized boolean isProbed() {
    return circuit.getState() == State.HALF_OPEN;
  }

  private void works(boolean probe) {
    failedInARow = 0;
    if (probe && isProbed()) circuit.transitionToClosedState();
    // What works now and then does not start from the shortest pause each time.
    else if (!isOpen()) pausesInARow = Math.max(0, pausesInARow - 1);
  }

  private void fails(boolean probe, String why, int needed) {
    lastFailure = why;
    failedInARow++;
    if (probe && isProbed()) pause();
    else if (!isOpen() && failedInARow >= needed && failedInARow > underWay) pause();
  }

  private void pause() {
    var pause = Pauses.after(pausesInARow, settings, name);
    pausesInARow++;
    until = clock.instant().plus(pause);
    circuit.transitionToOpenStateFor(pause);
  }

  /// Permission for one conversation; used by one thread.
  public final class Permit {
    private boolean probe;
    private boolean over;

    private Permit(boolean probe) {
      this.probe = probe;
    }

    /// It talks to us: whoever waits for this to be found out need not wait for the end.
    public void talks() {
      synchronized (Breaker.this) {
        if (!probe) return;
        works(true);
        probe = false;
        // On parole until the conversation has ended well.
        failedInARow = settings.failures() - 1;
      }
    }

    /// How the conversation went; only the first report counts.
    public void report(Health health) {
      synchronized (Breaker.this) {
        if (over) return;
        over = true;
        underWay--;
        switch (health) {
          case Health.Works() -> works(probe);
          case Health.Fails(var why) -> fails(probe, why, settings.failures());
          case Health.Silent(var why) -> fails(probe, why, 1);
          case Health.Unknown() -> giveBack();
        }
      }
    }

    private void giveBack() {
      if (!probe || !isProbed()) return;
      probing = false;
      circuit.releasePermission();
    }
  }
}
