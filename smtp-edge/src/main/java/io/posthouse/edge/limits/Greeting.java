package io.posthouse.edge.limits;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Who has to wait for our greeting, and for how long. Whoever has waited once need not again for a
/// day. Safe for many threads.
public final class Greeting {
  private static final Rate ONCE_A_DAY = new Rate(1, Duration.ofDays(1));

  private final GreetingSettings settings;
  private final FairUseSettings fairUse;
  private final Stress stress;
  private final LongSupplier nanoClock;
  private final Keys keys = Keys.random();
  private final RateTable known;

  /// @param fairUse whose exempt networks are greeted at once, too
  /// @param stress while it lasts, a pause would cost us more than the client
  public Greeting(
      GreetingSettings settings, FairUseSettings fairUse, Stress stress, LongSupplier nanoClock) {
    this.settings = settings;
    this.fairUse = fairUse;
    this.stress = stress;
    this.nanoClock = nanoClock;
    this.known = new RateTable(ONCE_A_DAY, fairUse.remembered());
  }

  /// How long this client has to wait.
  public Duration pause(InetAddress client) {
    if (settings.pause().isZero() || stress.isOn() || fairUse.isExempt(client))
      return Duration.ZERO;
    return known.isSpent(keys.ofHost(client), nanoClock.getAsLong())
        ? Duration.ZERO
        : settings.pause();
  }

  /// A client has waited, and said nothing.
  public void waited(InetAddress client) {
    var _ = known.take(keys.ofHost(client), nanoClock.getAsLong());
  }

  /// Whether those who speak first are sent away.
  public boolean isEnforced() {
    return settings.enforced();
  }
}
