package io.posthouse.delivery.explain;

import io.posthouse.delivery.breaker.Standing;
import io.posthouse.delivery.shaping.SiteStanding;
import java.util.List;
import java.util.Optional;

/// What one worker knows of a site at this moment.
///
/// @param share how it stands; empty where nothing went there lately
/// @param standings families that are left alone or go second, there or from here
public record LiveState(Optional<SiteStanding> share, List<Standing> standings) {
  public LiveState {
    standings = List.copyOf(standings);
  }
}
