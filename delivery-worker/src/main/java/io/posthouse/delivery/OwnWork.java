package io.posthouse.delivery;

import io.posthouse.delivery.breaker.Standing;
import io.posthouse.delivery.shaping.SiteStanding;
import io.posthouse.node.AtWork;
import io.posthouse.node.BusySite;
import io.posthouse.node.ShutRoad;
import io.posthouse.node.Some;
import io.posthouse.node.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a worker tells the cluster of itself. Pure.
final class OwnWork {
  private OwnWork() {}

  /// @param messages in hand
  /// @param sites as they stand, busy or not
  /// @param breakers what is left alone, or goes second
  static Work of(Work messages, List<SiteStanding> sites, List<Standing> breakers, Instant now) {
    var around =
        new Work(
            Some.of(List.of()),
            Some.of(List.of()),
            Some.of(
                sites.stream().filter(OwnWork::holdsBack).map(site -> site(site, now)).toList()),
            Some.of(breakers.stream().map(OwnWork::shut).toList()));
    return messages.plus(around).atMost(AtWork.NAMED);
  }

  private static boolean holdsBack(SiteStanding site) {
    return site.waiting() > 0
        || (site.active() > 0 && site.isAtLimit())
        || site.suspendedBy().isPresent()
        || site.slowedBy().isPresent();
  }

  private static BusySite site(SiteStanding site, Instant now) {
    var suspended = site.suspendedBy().map(by -> "suspended by " + by);
    var slowed = site.slowedBy().map(by -> "slowed down by " + by);
    return new BusySite(
        site.share().name(),
        site.active(),
        site.window(),
        site.waiting(),
        suspended.or(() -> slowed).or(() -> pace(site)).orElse(""),
        (suspended.isPresent() ? site.suspendedFor() : site.slowedFor()).map(now::plus));
  }

  private static Optional<String> pace(SiteStanding site) {
    return site.interval().isZero()
        ? Optional.empty()
        : Optional.of("one in " + inMillis(site.interval()));
  }

  private static String inMillis(Duration interval) {
    return interval.toMillis() + " ms";
  }

  private static ShutRoad shut(Standing standing) {
    return new ShutRoad(
        kind(standing.kind()),
        standing.alone().what(),
        standing.state().name().toLowerCase(Locale.ROOT),
        standing.alone().why(),
        standing.alone().until());
  }

  private static ShutRoad.Kind kind(Standing.Kind kind) {
    return switch (kind) {
      case EGRESS -> ShutRoad.Kind.EGRESS;
      case SITE -> ShutRoad.Kind.SITE;
      case ADDRESS -> ShutRoad.Kind.ADDRESS;
    };
  }
}
