package io.posthouse.delivery.breaker;

import io.posthouse.delivery.routing.Site;
import java.util.HashSet;
import java.util.Set;

/// What we know of our own road to a family, from one pool of addresses. Safe from any thread.
///
/// The breaker hears only of what is certainly ours, such as no route: that several sites do not
/// answer makes a family go second, but never keeps mail from a site that would.
final class EgressFamily {
  /// Sites that cannot all be dead by chance.
  private static final int SITES = 3;

  private final Breaker breaker;
  private final Precedence precedence;
  private final Set<Site> inVain = new HashSet<>();

  EgressFamily(Breaker breaker, Precedence precedence) {
    this.breaker = breaker;
    this.precedence = precedence;
  }

  Breaker breaker() {
    return breaker;
  }

  Precedence precedence() {
    return precedence;
  }

  /// This site was tried over this road, and did not answer in time.
  synchronized void inVain(Site site, String why) {
    if (inVain.size() < SITES) inVain.add(site);
    if (inVain.size() == SITES) precedence.goesSecond(why);
  }

  synchronized void works() {
    inVain.clear();
    precedence.isGood();
  }
}
