package io.posthouse.delivery.explain;

import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.routing.Site;
import io.posthouse.delivery.shaping.Share;
import io.posthouse.delivery.shaping.SiteStanding;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A worker that runs, and remembers how its hosts behaved.
///
/// @param shares how a share stands, by its name, if it is remembered
public record LiveWorker(Breakers breakers, Function<String, Optional<SiteStanding>> shares) {
  /// What it knows of a site now.
  ///
  /// @param pools names of the egress pools that connections come from
  LiveState of(Site site, Share share, Collection<String> pools) {
    var roads = pools.stream().distinct().flatMap(pool -> breakers.roads(pool).stream());
    return new LiveState(
        shares.apply(share.name()),
        Stream.concat(breakers.standings(site).stream(), roads).toList());
  }
}
