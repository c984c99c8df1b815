package io.posthouse.node;

import io.posthouse.message.QueueId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The processes of a cluster as they were last heard of, seen at one moment. What a silent one has
/// said is not believed.
public final class Nodes {
  private static final Duration MISSED_FOR = Duration.ofDays(7);
  private static final Comparator<Beat> BY_NAME =
      Comparator.comparing((Beat beat) -> beat.who().node())
          .thenComparing(beat -> beat.who().roleText());

  private final Instant now;
  private final List<Beat> beats;
  private final Map<Copy, Whereabouts> inHand = new HashMap<>();

  /// A message for one destination.
  private record Copy(QueueId id, String destination) {}

  /// @param beats the last of each process; one that has been gone for long is missed no more
  public Nodes(Collection<Beat> beats, Instant now) {
    this.now = now;
    this.beats =
        beats.stream()
            .filter(beat -> !beat.at().plus(MISSED_FOR).isBefore(now))
            .sorted(BY_NAME)
            .toList();
    alive().forEach(this::note);
  }

  /// None, or none that is known.
  public static Nodes unknown(Instant now) {
    return new Nodes(List.of(), now);
  }

  /// All of them, by name, silent or not.
  public List<Beat> all() {
    return beats;
  }

  /// Those whose word holds.
  public List<Beat> alive() {
    return beats.stream().filter(beat -> beat.isAlive(now)).toList();
  }

  /// Those that should have been heard of.
  public List<Beat> silent() {
    return beats.stream().filter(beat -> beat.isSilent(now)).toList();
  }

  /// When the oldest word was said that holds; empty where none does.
  public Optional<Instant> asOf() {
    return alive().stream().map(Beat::at).min(Comparator.naturalOrder());
  }

  /// How many messages are under way that nobody names, as there are too many.
  public int unnamed() {
    return alive().stream().map(beat -> beat.work().inFlight()).mapToInt(Nodes::unnamed).sum();
  }

  /// Who has a message in hand; empty where nobody says so.
  ///
  /// @param destination as the key of its record
  public Optional<Whereabouts> find(QueueId id, String destination) {
    return Optional.ofNullable(inHand.get(new Copy(id, destination)));
  }

  /// The sites that mail for a destination is at now.
  ///
  /// @param destination as the key of its record
  public Set<String> sitesOf(String destination) {
    var sites = new HashSet<String>();
    inHand.forEach((copy, there) -> {
      if (copy.destination().equals(destination)) sites.add(there.siteName());
    });
    sites.remove("");
    return sites;
  }

  /// What stands in the way of mail, process by process.
  public List<Obstacle> inTheWay(Roads roads) {
    var obstacles = new ArrayList<Obstacle>();
    for (var beat : alive()) {
      var node = beat.who().node();
      for (var site : beat.work().sites().named())
        if (roads.leadTo(site))
          obstacles.add(new Obstacle(node, "site " + site.name() + ": " + site.text()));
      for (var shut : beat.work().shut().named())
        if (roads.leadOver(shut)) obstacles.add(new Obstacle(node, shut.text()));
    }
    return List.copyOf(obstacles);
  }

  private void note(Beat beat) {
    var node = beat.who().node();
    var sites = new HashMap<String, BusySite>();
    beat.work().sites().named().forEach(site -> sites.put(site.name(), site));
    for (var waiting : beat.work().waiting().named()) {
      var site = Optional.ofNullable(sites.get(waiting.site()));
      inHand.put(
          new Copy(waiting.id(), waiting.destination()),
          new Whereabouts.InLine(node, waiting, site));
    }
    for (var message : beat.work().inFlight().named())
      inHand.put(
          new Copy(message.id(), message.destination()), new Whereabouts.UnderWay(node, message));
  }

  private static int unnamed(Some<?> some) {
    return some.all() - some.named().size();
  }
}
