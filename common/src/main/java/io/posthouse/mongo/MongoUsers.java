package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.ListedAddress;
import io.posthouse.directory.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Manages the users of a directory, for those who do it without WildDuck's API.
public final class MongoUsers {
  private final Mongo mongo;

  public MongoUsers(Mongo mongo) {
    this.mongo = mongo;
  }

  public sealed interface Creation {
    record Created(UserId user) implements Creation {}

    /// A user has this address, or one that differs only in case, dots or tag.
    record AddressTaken() implements Creation {}
  }

  /// A user as an operator sees one.
  ///
  /// @param quota octets; 0 for the default
  /// @param used octets stored
  public record User(
      UserId id, String name, String address, long quota, long used, boolean disabled) {}

  /// Creates a user with one address, whose domain is one of ours from then on, and five folders.
  ///
  /// @param quota octets; 0 for the default
  public Creation create(MailAddress address, String password, long quota) throws MongoDown {
    if (ListedAddress.of(address).isPattern())
      throw new IllegalArgumentException("address of a user: " + address + " (expected: no *)");
    if (password.isEmpty())
      throw new IllegalArgumentException("password: none (expected: one character or more)");
    var hash = Pbkdf2.of(password);
    return mongo.ask(db -> {
      new DirectoryIndexes(db).ensure();
      return create(db, address, hash, quota);
    });
  }

  /// The user with this user name, address or id.
  public Optional<User> find(String name) throws MongoDown {
    return mongo.ask(db -> document(db, name).map(MongoUsers::user));
  }

  /// All users, by name. For directories a person would list.
  public List<User> list() throws MongoDown {
    return mongo.ask(db ->
        db.getCollection(Names.USERS)
            .find()
            .sort(new Document("username", 1))
            .map(MongoUsers::user)
            .into(new ArrayList<>()));
  }

  /// Whether there was such a user.
  public boolean setPassword(String name, String password) throws MongoDown {
    var hash = Pbkdf2.of(password).text();
    return mongo.ask(db ->
        document(db, name)
            .map(user ->
                db.getCollection(Names.USERS)
                        .updateOne(
                            eq("_id", user.getObjectId("_id")), Updates.set("password", hash))
                        .getMatchedCount()
                    == 1)
            .orElse(false));
  }

  /// Removes a user with everything the directory and WildDuck keep of it, but for the messages,
  /// which are to be removed before. Done again after it broke off, it goes on.
  public void remove(UserId user) throws MongoDown {
    var id = new ObjectId(user.hex());
    mongo.ask(db -> {
      Names.OF_A_USER.forEach(
          collection -> db.getCollection(collection).deleteMany(eq("user", id)));
      // Last, so that it is found again by its name.
      return db.getCollection(Names.USERS).deleteOne(eq("_id", id));
    });
  }

  private static Creation create(
      MongoDatabase db, MailAddress address, PasswordHash hash, long quota) {
    var user = new ObjectId();
    var addressId = new ObjectId();
    // Folders before the user, the address last: once an address resolves, its mailbox is there. A
    // crash in between leaves documents that nobody refers to.
    db.getCollection(Names.MAILBOXES).insertMany(UserDocuments.mailboxes(user, Instant.now()));
    try {
      db.getCollection(Names.USERS)
          .insertOne(UserDocuments.user(user, address, addressId, hash, quota));
      db.getCollection(Names.ADDRESSES).insertOne(UserDocuments.address(addressId, address, user));
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) throw e;
      forget(db, user);
      return new Creation.AddressTaken();
    }
    rememberDomain(db, AddressView.domain(address.domain()));
    return new Creation.Created(new UserId(user.toHexString()));
  }

  private static void forget(MongoDatabase db, ObjectId user) {
    db.getCollection(Names.USERS).deleteOne(eq("_id", user));
    db.getCollection(Names.MAILBOXES).deleteMany(eq("user", user));
  }

  static void rememberDomain(MongoDatabase db, String domain) {
    db.getCollection(Names.DOMAIN_CACHE)
        .updateOne(
            eq("domain", domain),
            Updates.setOnInsert("created", Instant.now()),
            new UpdateOptions().upsert(true));
  }

  /// Found by user name, address or id.
  static Optional<Document> document(MongoDatabase db, String name) {
    var lookup = new DirectoryLookup(db);
    return lookup
        .userNamed(name)
        .or(() -> MailAddress.parse(name.strip()).flatMap(lookup::userOf))
        .or(() -> ObjectId.isValid(name) ? lookup.user(new ObjectId(name)) : Optional.empty());
  }

  static User user(Document document) {
    return new User(
        new UserId(document.getObjectId("_id").toHexString()),
        document.getString("username"),
        String.valueOf(document.getString("address")),
        DirectoryLookup.number(document, "quota"),
        DirectoryLookup.number(document, "storageUsed"),
        document.getBoolean("disabled", false));
  }
}
