package io.posthouse.node;

import java.util.Comparator;
import java.util.List;

/// What a process has in hand at a moment, and what stands in the way of it.
///
/// @param inFlight the longest first
/// @param waiting those first who are next at their sites
/// @param sites the most waited-for first
/// @param shut the widest first
public record Work(
    Some<InFlight> inFlight, Some<Waiting> waiting, Some<BusySite> sites, Some<ShutRoad> shut) {
  private static final Comparator<Waiting> IN_TURN =
      Comparator.comparingInt(Waiting::before).thenComparing(Waiting::site);
  private static final Comparator<BusySite> MOST_WAITED_FOR =
      Comparator.comparingInt(BusySite::waiting).reversed().thenComparing(BusySite::name);
  private static final Comparator<ShutRoad> WIDEST =
      Comparator.comparing(ShutRoad::kind).thenComparing(ShutRoad::what);

  public static final Work NONE =
      new Work(Some.of(List.of()), Some.of(List.of()), Some.of(List.of()), Some.of(List.of()));

  public Work {
    inFlight = inFlight.sorted(Comparator.comparing(InFlight::since));
    waiting = waiting.sorted(IN_TURN);
    sites = sites.sorted(MOST_WAITED_FOR);
    shut = shut.sorted(WIDEST);
  }

  /// That of two roles in one process.
  public Work plus(Work more) {
    return new Work(
        inFlight.plus(more.inFlight),
        waiting.plus(more.waiting),
        sites.plus(more.sites),
        shut.plus(more.shut));
  }

  /// The same, with no more than `most` of each by name.
  public Work atMost(int most) {
    return new Work(
        inFlight.atMost(most), waiting.atMost(most), sites.atMost(most), shut.atMost(most));
  }
}
