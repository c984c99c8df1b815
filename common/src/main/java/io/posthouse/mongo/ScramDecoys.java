package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.posthouse.directory.ScramKeys;
import io.posthouse.message.Octets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.bson.types.Binary;

/// Salts for names that have none: made of the name and a secret that all nodes share, so that
/// whoever asks twice, or two nodes, hears the same (RFC 5802 §9, RFC 7677 §4).
final class ScramDecoys {
  private static final String COLLECTION = "posthouse_secrets";
  private static final String ID = "scram";
  private static final int SECRET_OCTETS = 32;

  private final Mongo mongo;
  private final AtomicReference<Optional<Secret>> known = new AtomicReference<>(Optional.empty());

  ScramDecoys(Mongo mongo) {
    this.mongo = mongo;
  }

  /// @param rounds those of the users, as far as one tells
  private record Secret(Octets octets, int rounds) {}

  /// Keys that no proof fits.
  ScramKeys keysFor(String name) throws MongoDown {
    var secret = secret();
    var salt = ScramKeys.hmac(secret.octets(), Octets.utf8("salt " + name)).toArray();
    var unknown = ScramKeys.hmac(secret.octets(), Octets.utf8("password " + name));
    return ScramKeys.of(unknown, Octets.of(salt, 0, Pbkdf2.SALT_OCTETS), secret.rounds());
  }

  private Secret secret() throws MongoDown {
    var seen = known.get();
    if (seen.isPresent()) return seen.get();
    var secret = mongo.ask(ScramDecoys::load);
    known.set(Optional.of(secret));
    return secret;
  }

  private static Secret load(MongoDatabase db) {
    var octets = new byte[SECRET_OCTETS];
    new SecureRandom().nextBytes(octets);
    // Whichever node is first makes it, and all others find it.
    var document =
        db.getCollection(COLLECTION)
            .findOneAndUpdate(
                eq("_id", ID),
                Updates.combine(
                    Updates.setOnInsert("secret", new Binary(octets)),
                    Updates.setOnInsert("rounds", roundsOfAUser(db))),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
    if (document == null) throw new IllegalStateException("an upsert that made nothing");
    return new Secret(
        Octets.of(document.get("secret", Binary.class).getData()), document.getInteger("rounds"));
  }

  private static int roundsOfAUser(MongoDatabase db) {
    var user =
        db.getCollection(Names.USERS).find(regex("password", "^\\$pbkdf2-sha256\\$")).first();
    return Optional.ofNullable(user)
        .map((Document found) -> found.getString("password"))
        .flatMap(Pbkdf2::parse)
        .map(Pbkdf2::rounds)
        .orElse(Pbkdf2.ROUNDS);
  }
}
