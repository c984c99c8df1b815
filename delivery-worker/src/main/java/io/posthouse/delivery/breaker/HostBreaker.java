package io.posthouse.delivery.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What we know of one address.
public final class HostBreaker {
  private final CircuitBreaker breaker;
  private volatile String lastFailure = "";

  HostBreaker(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  /// Permission for one conversation, empty while the address is left alone. Every permit must be
  /// reported on, or the address stays closed.
  public Optional<Permit> ask() {
    return breaker.tryAcquirePermission() ? Optional.of(new Permit()) : Optional.empty();
  }

  /// Why it is left alone.
  public String lastFailure() {
    return lastFailure;
  }

  boolean isOpen() {
    return HostBreakers.isOpen(breaker);
  }

  public final class Permit {
    private Permit() {}

    /// How the conversation went.
    public void report(Health health) {
      switch (health) {
        case Health.Works() -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        case Health.Fails(var why) -> failed(why);
        case Health.Silent(var why) -> failed(why);
        case Health.Unknown() -> breaker.releasePermission();
      }
    }
  }

  private void failed(String why) {
    lastFailure = why;
    breaker.onError(0, TimeUnit.NANOSECONDS, new HostFailure(why));
  }

  private static final class HostFailure extends Exception {
    private static final long serialVersionUID = 1;

    HostFailure(String why) {
      super(why, null, false, false);
    }
  }
}
