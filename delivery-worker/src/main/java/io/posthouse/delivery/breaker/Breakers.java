package io.posthouse.delivery.breaker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.posthouse.delivery.breaker.Standing.Kind;
import io.posthouse.delivery.breaker.Standing.State;
import io.posthouse.delivery.routing.Site;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What we know of the addresses, the sites and our own roads that we used lately. Only what is
/// wrong with a host itself may be reported as a failure: a full mailbox closes no road. Bounded,
/// and safe from any thread.
public final class Breakers {
  /// Longer than anything is left alone, so that nothing is forgotten while it is.
  private static final Duration FORGET_AFTER = Duration.ofHours(6);

  /// Pools of addresses are the operator's, so there are few.
  private static final int MOST_ROADS = 1_000;

  private record Address(InetAddress address, int port) {}

  private record AtSite(Site site, Family family) {
    @Override
    public String toString() {
      return family + " of " + site.name();
    }
  }

  private record Road(String pool, Family family) {
    @Override
    public String toString() {
      return "our road to " + family + " (egress pool " + pool + ")";
    }
  }

  private final BreakerSettings settings;
  private final InstantSource clock;
  private final CircuitBreakerConfig config;
  private final Cache<Address, Breaker> addresses;
  private final Cache<AtSite, SiteFamily> sites;
  private final Cache<Road, EgressFamily> roads;

  public Breakers(BreakerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.config = Breaker.config(clock);
    this.addresses = cache(settings.remembered());
    this.sites = cache(settings.remembered());
    this.roads = cache(MOST_ROADS);
  }

  /// The breaker of an address.
  public Breaker of(MxHost mx) {
    return addresses.get(
        new Address(mx.address(), mx.port()), _ -> breaker(mx.toString(), settings));
  }

  /// For an attempt that tries addresses of a family of a site.
  ///
  /// @param pool the name of the egress pool that connections come from
  public FamilyTrial trial(Site site, String pool, Family family) {
    return new FamilyTrial(site, of(new AtSite(site, family)), of(new Road(pool, family)));
  }

  /// What is left alone, or goes second, the widest first.
  public Stream<Standing> standings() {
    return Stream.of(
            roads.asMap().entrySet().stream()
                .flatMap(e -> standing(Kind.EGRESS, e.getKey(), e.getValue())),
            sites.asMap().entrySet().stream()
                .flatMap(e -> standing(Kind.SITE, e.getKey(), e.getValue())),
            addresses.asMap().values().stream().flatMap(b -> open(Kind.ADDRESS, b).stream()))
        .flatMap(all -> all);
  }

  /// The same of one site, its addresses apart.
  public List<Standing> standings(Site site) {
    return Stream.of(Family.values())
        .map(family -> new AtSite(site, family))
        .flatMap(key -> known(sites, key).flatMap(state -> standing(Kind.SITE, key, state)))
        .toList();
  }

  /// The same of our own roads from one egress pool.
  public List<Standing> roads(String pool) {
    return Stream.of(Family.values())
        .map(family -> new Road(pool, family))
        .flatMap(key -> known(roads, key).flatMap(state -> standing(Kind.EGRESS, key, state)))
        .toList();
  }

  /// The same of one address.
  public Optional<Standing> standing(MxHost mx) {
    return known(addresses, new Address(mx.address(), mx.port()))
        .flatMap(breaker -> open(Kind.ADDRESS, breaker).stream())
        .findFirst();
  }

  /// Why nobody may try an address of a site now, from an egress pool; asks for nothing.
  public Optional<LeftAlone> leftAlone(Site site, String pool, MxHost mx) {
    var there = known(sites, new AtSite(site, mx.family())).findFirst();
    // A road that was seen to lead here is open, whatever happens to mail for others.
    var road =
        there.filter(SiteFamily::worked).isPresent()
            ? Optional.<EgressFamily>empty()
            : known(roads, new Road(pool, mx.family())).findFirst();
    return road.flatMap(known -> known.breaker().leftAloneNow())
        .or(() -> there.flatMap(known -> known.breaker().leftAloneNow()))
        .or(() ->
            known(addresses, new Address(mx.address(), mx.port()))
                .findFirst()
                .flatMap(Breaker::leftAloneNow));
  }

  /// How many breakers are open now.
  public long open(Kind kind) {
    return switch (kind) {
      case ADDRESS -> addresses.asMap().values().stream().filter(Breaker::isOpen).count();
      case SITE -> sites.asMap().values().stream().filter(s -> s.breaker().isOpen()).count();
      case EGRESS -> roads.asMap().values().stream().filter(r -> r.breaker().isOpen()).count();
    };
  }

  private SiteFamily of(AtSite key) {
    return sites.get(
        key, _ -> new SiteFamily(breaker(key.toString(), settings), new Precedence(clock)));
  }

  private EgressFamily of(Road key) {
    // To find out costs nothing: without a road we hear so at once.
    var often =
        new BreakerSettings(
            settings.failures(), settings.open(), settings.open(), settings.remembered());
    return roads.get(
        key, _ -> new EgressFamily(breaker(key.toString(), often), new Precedence(clock)));
  }

  private Breaker breaker(String name, BreakerSettings pauses) {
    return new Breaker(name, pauses, clock, config);
  }

  private static Stream<Standing> standing(Kind kind, AtSite key, SiteFamily state) {
    return either(kind, key.toString(), state.breaker(), state.precedence());
  }

  private static Stream<Standing> standing(Kind kind, Road key, EgressFamily state) {
    return either(kind, key.toString(), state.breaker(), state.precedence());
  }

  private static Stream<Standing> either(
      Kind kind, String name, Breaker breaker, Precedence precedence) {
    return open(kind, breaker)
        .or(() -> precedence.second(name).map(why -> new Standing(kind, State.SECOND, why)))
        .stream();
  }

  private static Optional<Standing> open(Kind kind, Breaker breaker) {
    if (!breaker.isOpen()) return Optional.empty();
    var state = breaker.isProbed() ? State.PROBED : State.OPEN;
    return Optional.of(new Standing(kind, state, breaker.leftAlone()));
  }

  private static <K, V> Stream<V> known(Cache<K, V> cache, K key) {
    return Optional.ofNullable(cache.getIfPresent(key)).stream();
  }

  private static <K, V> Cache<K, V> cache(int most) {
    return Caffeine.newBuilder().maximumSize(most).expireAfterAccess(FORGET_AFTER).build();
  }
}
