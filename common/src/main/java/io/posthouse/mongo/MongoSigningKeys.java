package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoDatabase;
import io.posthouse.address.Domain;
import io.posthouse.config.Secret;
import io.posthouse.dkim.PrivateKeys;
import io.posthouse.dkim.SigningKey;
import io.posthouse.dkim.SigningKeys;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.SigningKeyState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Keys in WildDuck's collection `dkim`, one for each domain and one for all others (`*`); a domain
/// that is an alias signs with the key of the domain it stands for.
///
/// An answer is good for a minute. While MongoDB is down, what was known goes on for a day; of
/// domains that were not asked for before it says that it cannot be asked.
public final class MongoSigningKeys implements SigningKeys {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration STALE = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int MOST_DOMAINS = 50_000;
  private static final String ANY = "*";

  private final Mongo mongo;
  private final Optional<Secret> secret;
  private final Events events;
  private final InstantSource clock;
  private final Cache<String, Known> cache =
      Caffeine.newBuilder().maximumSize(MOST_DOMAINS).build();

  /// @param stored the key as it is in the database; what is read of it is told once and kept
  private record Known(Found answer, @Nullable String stored, Instant at) {}

  /// @param secret what the keys are encrypted with, where they are
  public MongoSigningKeys(
      Mongo mongo, Optional<Secret> secret, Events events, InstantSource clock) {
    this.mongo = mongo;
    this.secret = secret;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Found of(Domain domain) {
    return domain.isLiteral() ? new Found.NoKey() : named(AddressView.domain(domain));
  }

  @Override
  public Found ofAnyDomain() {
    return named(ANY);
  }

  /// All domains that have a key of their own.
  public List<Domain> domains() throws MongoDown {
    return mongo.ask(db ->
        db
            .getCollection(Names.SIGNING_KEYS)
            .distinct("domain", String.class)
            .into(new ArrayList<>())
            .stream()
            .flatMap(name -> Domain.parse(name).stream())
            .sorted(Comparator.comparing(Domain::name))
            .toList());
  }

  private Found named(String domain) {
    var known = cache.getIfPresent(domain);
    if (known != null && isWithin(FRESH, known)) return known.answer();
    try {
      var now = known(domain, mongo.ask(db -> find(db, domain)), known);
      cache.put(domain, now);
      return now.answer();
    } catch (MongoDown down) {
      return known != null && isWithin(STALE, known)
          ? known.answer()
          : new Found.Unavailable(down.why());
    }
  }

  /// A client waits for this answer.
  private static Optional<Document> find(MongoDatabase database, String domain) {
    var db = database.withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    var own = key(db, domain);
    if (own.isPresent() || domain.equals(ANY)) return own;
    var alias = db.getCollection(Names.DOMAIN_ALIASES).find(eq("alias", domain)).first();
    return Optional.ofNullable(alias)
        .flatMap(a -> Optional.ofNullable(a.getString("domain")))
        .flatMap(target -> key(db, target));
  }

  private static Optional<Document> key(MongoDatabase db, String domain) {
    return Optional.ofNullable(
        db.getCollection(Names.SIGNING_KEYS).find(eq("domain", domain)).first());
  }

  /// Reads what was found, unless it is what was found before.
  private Known known(String domain, Optional<Document> found, @Nullable Known before) {
    var now = clock.instant();
    if (found.isEmpty()) return new Known(new Found.NoKey(), null, now);
    var selector = String.valueOf(found.get().getString("selector"));
    var stored = selector + " " + found.get().getString("privateKey");
    if (before != null && Objects.equals(stored, before.stored()))
      return new Known(before.answer(), stored, now);
    return new Known(read(domain, selector, found.get()), stored, now);
  }

  private Found read(String domain, String selector, Document document) {
    try {
      var pem = EncryptedText.read(String.valueOf(document.getString("privateKey")), secret);
      var key = new SigningKey(selector, PrivateKeys.read(pem));
      if (key.isWeak())
        tell(domain, selector, SigningKeyState.WEAK, "RSA of fewer than 2048 bits (RFC 8301)");
      return new Found.Keys(List.of(key));
    } catch (IllegalArgumentException e) {
      var why = String.valueOf(e.getMessage());
      tell(domain, selector, SigningKeyState.UNUSABLE, why);
      return new Found.Unusable(why);
    }
  }

  private void tell(String domain, String selector, SigningKeyState state, String why) {
    events.record(new MailEvent.SigningKeySeen(domain, selector, state, Optional.of(why)));
  }

  private boolean isWithin(Duration age, Known known) {
    return clock.instant().isBefore(known.at().plus(age));
  }
}
