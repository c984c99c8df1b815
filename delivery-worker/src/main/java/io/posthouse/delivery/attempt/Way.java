package io.posthouse.delivery.attempt;

import io.posthouse.delivery.breaker.Breaker.Permit;
import io.posthouse.delivery.breaker.FamilyTrial;
import io.posthouse.delivery.breaker.Health;
import io.posthouse.outcome.MxHost;
import java.util.Optional;

/// An address that is being tried, and who wants to hear how it goes. Used by one thread.
final class Way {
  private final MxHost mx;
  private final Optional<Permit> permit;
  private final FamilyTrial family;
  private boolean talked;

  /// @param permit of the address; empty where it is left alone, but an idle connection leads there
  Way(MxHost mx, Optional<Permit> permit, FamilyTrial family) {
    this.mx = mx;
    this.permit = permit;
    this.family = family;
  }

  MxHost mx() {
    return mx;
  }

  /// The host has answered EHLO: whatever comes now is no fault of the family.
  void talks() {
    talked = true;
    permit.ifPresent(Permit::talks);
    family.talks();
  }

  /// The host dislikes where we come from: the other family may be liked better.
  void isDisliked(String why) {
    family.comesSecond(why);
  }

  /// It does not answer at once.
  void isLate(String why) {
    family.comesSecond(why);
  }

  void isOvertaken(String why) {
    family.isOvertaken(why);
  }

  void hasNoRoad(String why) {
    family.noRoad(why);
  }

  /// How it went in the end; only the first report counts.
  void ended(Health health) {
    if (!talked) family.fails(health);
    permit.ifPresent(p -> p.report(health));
  }
}
