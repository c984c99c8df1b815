package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Account;
import io.posthouse.directory.Logins;
import io.posthouse.directory.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;

/// Logins of WildDuck's users, by user name or by any of their addresses.
public final class MongoLogins implements Logins {
  private final Mongo mongo;
  private final Hashing hashing;
  private final ScramDecoys decoys;

  /// Checked where there is nothing to check, so that the time taken does not tell: the kind of
  /// hash that was seen last, as most users have the same.
  private final AtomicReference<PasswordHash> nobody =
      new AtomicReference<>(Pbkdf2.of("nobody has this password"));

  public MongoLogins(Mongo mongo, Hashing hashing) {
    this.mongo = mongo;
    this.hashing = hashing;
    this.decoys = new ScramDecoys(mongo);
  }

  private record Known(Document user, List<Document> applications) {}

  @Override
  public Login check(String userName, String password) {
    try {
      var known = find(userName);
      return known.isEmpty() ? stranger(password) : check(known.get(), password);
    } catch (MongoDown down) {
      return new Login.Unavailable(down.why());
    }
  }

  @Override
  public Login named(String userName) {
    try {
      return find(userName)
          .map(Known::user)
          .filter(user -> !Credential.isLockedOut(user))
          .<Login>map(user -> new Login.Welcome(account(user)))
          .orElseGet(Login.Wrong::new);
    } catch (MongoDown down) {
      return new Login.Unavailable(down.why());
    }
  }

  @Override
  public Scram scram(String userName) {
    try {
      var user =
          find(userName)
              .map(Known::user)
              .filter(u -> !Credential.isLockedOut(u) && Credential.mayUseOwnPassword(u));
      var keys =
          user.flatMap(u -> Pbkdf2.parse(u.getString("password"))).flatMap(Pbkdf2::scramKeys);
      return keys.isPresent()
          ? new Scram.Keys(keys.get(), account(user.get()))
          : new Scram.Decoy(decoys.keysFor(AddressView.ofUserName(userName)));
    } catch (MongoDown down) {
      return new Scram.Unavailable(down.why());
    }
  }

  private Optional<Known> find(String userName) throws MongoDown {
    return mongo.ask(db -> {
      var lookup = new DirectoryLookup(db);
      return lookup
          .userNamed(userName)
          .or(() -> MailAddress.parse(userName.strip()).flatMap(lookup::userOf))
          .map(user -> new Known(user, lookup.applicationPasswords(user.getObjectId("_id"))));
    });
  }

  private Login stranger(String password) {
    return hashing
        .matches(nobody.get(), password)
        .<Login>map(_ -> new Login.Wrong())
        .orElseGet(MongoLogins::busy);
  }

  private Login check(Known known, String password) {
    var candidates = Credential.candidates(known.user(), known.applications(), password);
    if (candidates.isEmpty()) return stranger(password);
    for (var candidate : candidates) {
      var hash = PasswordHash.parse(candidate.hash());
      // Our lack, and not a wrong password.
      if (hash.isEmpty()) return new Login.Unavailable("a password hash of an unknown kind");
      nobody.set(hash.get());
      var right = hashing.matches(hash.get(), candidate.said());
      if (right.isEmpty()) return busy();
      if (right.get()) return right(known.user(), candidate);
    }
    return new Login.Wrong();
  }

  private Login right(Document user, Credential credential) {
    if (Credential.isLockedOut(user)) return new Login.Wrong();
    if (!credential.application().isEmpty()) used(credential.application().getFirst());
    return new Login.Welcome(account(user));
  }

  /// An application password that is used lives on; whether we can note that or not, it was right.
  private void used(Document application) {
    var now = Instant.now();
    var update = Updates.set("used", now);
    var life = DirectoryLookup.number(application, "ttl");
    var all =
        life == 0 ? update : Updates.combine(update, Updates.set("expires", now.plusSeconds(life)));
    try {
      mongo.ask(db ->
          db.getCollection(Names.APPLICATION_PASSWORDS)
              .updateOne(eq("_id", application.getObjectId("_id")), all));
    } catch (MongoDown _) {
      // The next login notes it.
    }
  }

  private static Account account(Document user) {
    return new Account(
        new UserId(user.getObjectId("_id").toHexString()),
        user.getString("username"),
        Math.max(0, DirectoryLookup.number(user, "recipients")));
  }

  private static Login busy() {
    return new Login.Unavailable("too many passwords to check at a time");
  }
}
