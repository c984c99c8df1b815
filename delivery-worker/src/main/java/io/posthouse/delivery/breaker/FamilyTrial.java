package io.posthouse.delivery.breaker;

import io.posthouse.delivery.breaker.Breaker.Permit;
import io.posthouse.delivery.routing.Site;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One family of one site as one attempt of a message finds it. Holds permits of our road to the
/// family and of the family at that site, from the first address on until the attempt is over. Used
/// by one thread.
public final class FamilyTrial implements AutoCloseable {
  private final Site site;
  private final SiteFamily there;
  private final EgressFamily road;
  private @Nullable Permit ofSite;
  private @Nullable Permit ofRoad;
  private @Nullable Health failure;
  private @Nullable String noRoad;
  private boolean answered;
  private boolean talked;

  FamilyTrial(Site site, SiteFamily there, EgressFamily road) {
    this.site = site;
    this.there = there;
    this.road = road;
  }

  /// Whether this family may go before the other one.
  public boolean goesFirst() {
    return road.precedence().goesFirst() && there.precedence().goesFirst();
  }

  /// Why nobody may try it now, without asking for it.
  public Optional<LeftAlone> leftAlone() {
    if (ofSite != null) return Optional.empty();
    var noRoad = there.worked() ? Optional.<LeftAlone>empty() : road.breaker().leftAloneNow();
    return noRoad.or(there.breaker()::leftAloneNow);
  }

  /// Asks for an address of this family; empty if it may be tried.
  public Optional<LeftAlone> refusal() {
    if (ofSite != null) return Optional.empty();
    var roadPermit = road.breaker().ask();
    // A road that was seen to lead here is open, whatever happens to mail for others.
    if (roadPermit.isEmpty() && !there.worked()) return Optional.of(road.breaker().leftAlone());
    var sitePermit = there.breaker().ask();
    if (sitePermit.isEmpty()) {
      roadPermit.ifPresent(permit -> permit.report(new Health.Unknown()));
      return Optional.of(there.breaker().leftAlone());
    }
    ofRoad = roadPermit.orElse(null);
    ofSite = sitePermit.get();
    return Optional.empty();
  }

  /// Somebody answered, if only to refuse: our road is open.
  public void answers() {
    answered = true;
    road.works();
    if (ofRoad != null) ofRoad.talks();
  }

  /// A host talks SMTP to us.
  public void talks() {
    talked = true;
    answers();
    there.works();
    if (ofSite != null) ofSite.talks();
  }

  /// Our own road is closed.
  public void noRoad(String why) {
    noRoad = why;
    there.fails(why);
  }

  /// An address of it does not work.
  public void fails(Health health) {
    switch (health) {
      case Health.Fails(var why) -> {
        answers();
        fails(health, why);
      }
      case Health.Silent(var why) -> {
        road.inVain(site, why);
        fails(health, why);
      }
      case Health.Works(), Health.Unknown() -> {}
    }
  }

  /// It did not answer soon enough, or does not like us: the other one goes first for a while.
  public void comesSecond(String why) {
    there.fails(why);
  }

  /// The other family was connected before it: see also [#comesSecond].
  public void isOvertaken(String why) {
    road.inVain(site, why);
    there.fails(why);
  }

  /// None of its addresses at this site works, and all were tried.
  public void failsEverywhere() {
    if (talked || failure == null || ofSite == null) return;
    ofSite.report(failure);
  }

  /// The attempt is over.
  @Override
  public void close() {
    if (ofSite != null) ofSite.report(talked ? new Health.Works() : new Health.Unknown());
    if (ofRoad != null) ofRoad.report(healthOfRoad());
  }

  private void fails(Health health, String why) {
    // That it costs our patience weighs more.
    if (!(failure instanceof Health.Silent)) failure = health;
    there.fails(why);
  }

  private Health healthOfRoad() {
    if (answered) return new Health.Works();
    return noRoad == null ? new Health.Unknown() : new Health.Fails(noRoad);
  }
}
