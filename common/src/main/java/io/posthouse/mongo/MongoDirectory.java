package io.posthouse.mongo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoDatabase;
import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Directory;
import io.posthouse.mongo.DirectoryLookup.DomainKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The directory in WildDuck's collections, behind a cache.
///
/// While MongoDB is down, recipients that were asked for before are served from the cache, however
/// old; of all others it says that it cannot be asked. An answer is never worse for being cached: a
/// refusal that is not fresh is not given.
public final class MongoDirectory implements Directory {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Mongo mongo;
  private final Set<Domain> configured;
  private final InstantSource clock;
  private final Freshness freshness;
  private final Cache<MailAddress, Known<Resolution>> addresses;
  private final Cache<Domain, Known<DomainKind>> domains;
  private final AtomicReference<@Nullable Known<Constants>> constants = new AtomicReference<>();

  private record Known<T>(T answer, Instant at) {}

  /// How old an answer may be.
  ///
  /// @param positive of a recipient of ours
  /// @param negative of a refusal, or of a domain that is not ours
  /// @param entries addresses remembered, and domains
  public record Freshness(Duration positive, Duration negative, int entries) {
    public static final Freshness DEFAULT =
        new Freshness(Duration.ofSeconds(60), Duration.ofSeconds(10), 100_000);
  }

  /// @param configured domains that are ours though the database does not list them
  public MongoDirectory(
      Mongo mongo, Set<Domain> configured, InstantSource clock, Freshness freshness) {
    this.mongo = mongo;
    this.configured = Set.copyOf(configured);
    this.clock = clock;
    this.freshness = freshness;
    this.addresses = Caffeine.newBuilder().maximumSize(freshness.entries()).build();
    this.domains = Caffeine.newBuilder().maximumSize(freshness.entries()).build();
  }

  @Override
  public Resolution resolve(MailAddress address) {
    return remembered(address).orElseGet(() -> ask(address));
  }

  @Override
  public Optional<Resolution> remembered(MailAddress address) {
    var known = addresses.getIfPresent(address);
    if (known == null || !isFresh(known.at(), staleness(known.answer()))) return Optional.empty();
    return Optional.of(known.answer());
  }

  private Resolution ask(MailAddress address) {
    try {
      var answer = mongo.ask(db -> look(lookup(db), address));
      addresses.put(address, new Known<>(answer, clock.instant()));
      return answer;
    } catch (MongoDown down) {
      return whileDown(addresses.getIfPresent(address), down.why());
    }
  }

  /// A client waits for this answer, and one of a database that hangs is no answer.
  private static DirectoryLookup lookup(MongoDatabase db) {
    return new DirectoryLookup(db.withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
  }

  /// What keeps the directory from being asked; empty while nothing does.
  public Optional<String> trouble() {
    return mongo.trouble();
  }

  private Resolution look(DirectoryLookup lookup, MailAddress address) {
    var kind = domain(lookup, address.domain());
    var rules = constants(lookup);
    return lookup.first(Candidates.of(address, kind, rules)).resolution(kind, rules);
  }

  private Constants constants(DirectoryLookup lookup) {
    var known = constants.get();
    if (known != null && isFresh(known.at(), freshness.positive())) return known.answer();
    var read = lookup.constants();
    constants.set(new Known<>(read, clock.instant()));
    return read;
  }

  private DomainKind domain(DirectoryLookup lookup, Domain domain) {
    var known = domains.getIfPresent(domain);
    if (known != null && isFresh(known.at(), staleness(known.answer()))) return known.answer();
    var kind = lookup.domain(domain, configured);
    domains.put(domain, new Known<>(kind, clock.instant()));
    return kind;
  }

  private static Resolution whileDown(@Nullable Known<Resolution> known, String why) {
    return switch (known == null ? null : known.answer()) {
      case Resolution.LocalUser user -> user;
      case Resolution.Forwarded forwarded -> forwarded;
      case Resolution.NotLocal elsewhere -> elsewhere;
      case Resolution.NoSuchUser _,
          Resolution.Disabled _,
          Resolution.Closed _,
          Resolution.OverQuota _,
          Resolution.Unavailable _ ->
          new Resolution.Unavailable(why);
      case null -> new Resolution.Unavailable(why);
    };
  }

  private boolean isFresh(Instant at, Duration longest) {
    return clock.instant().isBefore(at.plus(longest));
  }

  private Duration staleness(Resolution answer) {
    return switch (answer) {
      case Resolution.LocalUser _, Resolution.Forwarded _ -> freshness.positive();
      case Resolution.NoSuchUser _,
          Resolution.Disabled _,
          Resolution.Closed _,
          Resolution.OverQuota _,
          Resolution.NotLocal _ ->
          freshness.negative();
      case Resolution.Unavailable _ -> Duration.ZERO;
    };
  }

  private Duration staleness(DomainKind kind) {
    return switch (kind) {
      case DomainKind.Ours _, DomainKind.AliasOf _ -> freshness.positive();
      case DomainKind.Foreign _ -> freshness.negative();
    };
  }
}
