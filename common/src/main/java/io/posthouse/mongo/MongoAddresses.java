package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.posthouse.address.Domain;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.ListedAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Manages the addresses of a directory: further ones of users, and those that only send mail on.
public final class MongoAddresses {
  private final Mongo mongo;

  public MongoAddresses(Mongo mongo) {
    this.mongo = mongo;
  }

  /// An address as an operator sees one.
  ///
  /// @param user the user name of whose address it is; empty where it sends mail on
  /// @param isDefault whether the user's mail is from this address where nothing else is said
  public record Address(
      String address, Optional<String> user, boolean isDefault, List<ForwardTarget> targets) {
    public Address {
      targets = List.copyOf(targets);
    }
  }

  public sealed interface Addition {
    record Added() implements Addition {}

    /// It was there already, and is just what was asked for.
    record AlreadyThere() implements Addition {}

    /// There is such an address, or one that differs only in case and dots, for something else.
    record Taken(Address by) implements Addition {}

    record NoSuchUser() implements Addition {}

    /// Neither a domain of ours nor an alias of one.
    record NotOurDomain(Domain domain) implements Addition {}
  }

  public sealed interface Removal {
    record Removed() implements Removal {}

    record NoSuchAddress() implements Removal {}

    /// A user's default address stays until another one is.
    record IsDefault(String user) implements Removal {}
  }

  /// Gives a user a further address.
  public Addition addAlias(ListedAddress address, String user) throws MongoDown {
    return mongo.ask(db ->
        MongoUsers.document(db, user)
            .map(
                owner -> add(db, address, UserDocuments.address(address, owner.getObjectId("_id"))))
            .orElseGet(Addition.NoSuchUser::new));
  }

  /// Makes an address that sends mail on.
  public Addition addForwarded(ListedAddress address, List<ForwardTarget> targets)
      throws MongoDown {
    if (targets.isEmpty())
      throw new IllegalArgumentException("forward targets: none (expected: one or more)");
    return mongo.ask(db -> add(db, address, UserDocuments.forwarded(address, targets)));
  }

  /// Makes an address of a user's the default one.
  ///
  /// @return whether it is an address of a user
  public boolean makeDefault(ListedAddress address) throws MongoDown {
    return mongo.ask(db -> find(db, address).filter(a -> makeDefault(db, a)).isPresent());
  }

  /// All addresses by their text, or those of one user. For directories a person would list.
  public List<Address> list() throws MongoDown {
    return mongo.ask(db -> list(db, new Document()));
  }

  /// The same for one user; empty where there is no such user.
  public Optional<List<Address>> list(String user) throws MongoDown {
    return mongo.ask(db ->
        MongoUsers.document(db, user)
            .map(owner -> list(db, new Document("user", owner.getObjectId("_id")))));
  }

  /// Removes an address, unless it is a user's default.
  public Removal remove(ListedAddress address) throws MongoDown {
    return mongo.ask(db ->
        find(db, address).map(found -> remove(db, found)).orElseGet(Removal.NoSuchAddress::new));
  }

  private static Addition add(MongoDatabase db, ListedAddress address, Document document) {
    new DirectoryIndexes(db).ensure();
    var foreign = address.domain().filter(domain -> !isOurs(db, domain));
    if (foreign.isPresent()) return new Addition.NotOurDomain(foreign.get());
    try {
      addresses(db).insertOne(document);
      return new Addition.Added();
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) throw e;
      return find(db, address).map(found -> compare(db, found, document)).orElseThrow(() -> e);
    }
  }

  private static Addition compare(MongoDatabase db, Document found, Document wanted) {
    var isSame =
        found.containsKey("user")
            ? found.get("user").equals(wanted.get("user"))
            : !wanted.containsKey("user")
                && UserUpdates.targets(found).equals(UserUpdates.targets(wanted));
    if (isSame) return new Addition.AlreadyThere();
    return new Addition.Taken(address(found, owners(db, List.of(found))));
  }

  private static boolean isOurs(MongoDatabase db, Domain domain) {
    return switch (new DirectoryLookup(db).domain(AddressView.domain(domain))) {
      case DirectoryLookup.DomainKind.Ours _, DirectoryLookup.DomainKind.AliasOf _ -> true;
      case DirectoryLookup.DomainKind.Foreign _ -> false;
    };
  }

  private static boolean makeDefault(MongoDatabase db, Document address) {
    var user = address.getObjectId("user");
    var changes = Updates.set("address", address.getString("address"));
    return user != null
        && db.getCollection(Names.USERS).updateOne(eq("_id", user), changes).getMatchedCount() == 1;
  }

  private static Removal remove(MongoDatabase db, Document found) {
    var shown = address(found, owners(db, List.of(found)));
    if (shown.isDefault()) return new Removal.IsDefault(shown.user().orElse(""));
    addresses(db).deleteOne(eq("_id", found.getObjectId("_id")));
    return new Removal.Removed();
  }

  private static Optional<Document> find(MongoDatabase db, ListedAddress address) {
    return Optional.ofNullable(addresses(db).find(eq("addrview", AddressView.of(address))).first());
  }

  private static List<Address> list(MongoDatabase db, Document which) {
    var found = addresses(db).find(which).sort(new Document("address", 1)).into(new ArrayList<>());
    var owners = owners(db, found);
    return found.stream().map(address -> address(address, owners)).toList();
  }

  private static Address address(Document found, Map<ObjectId, Document> owners) {
    var text = String.valueOf(found.getString("address"));
    var owner = Optional.ofNullable(found.getObjectId("user")).map(owners::get);
    return new Address(
        text,
        owner.map(user -> user.getString("username")),
        owner.map(user -> text.equals(user.getString("address"))).orElse(false),
        UserUpdates.targets(found));
  }

  private static Map<ObjectId, Document> owners(MongoDatabase db, List<Document> addresses) {
    var ids = addresses.stream().map(a -> a.getObjectId("user")).distinct().toList();
    var owners = new HashMap<ObjectId, Document>();
    db.getCollection(Names.USERS)
        .find(Filters.in("_id", ids))
        .forEach(user -> owners.put(user.getObjectId("_id"), user));
    return owners;
  }

  private static MongoCollection<Document> addresses(MongoDatabase db) {
    return db.getCollection(Names.ADDRESSES);
  }
}
