package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.posthouse.directory.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// Counts what is stored against the users' quotas, each copy exactly once.
///
/// With the count goes, in one change of the user's document, the list of the copies in it; whoever
/// stores a copy again sees that it was counted. A revision makes the change fail if another writer
/// was there in between.
final class Quotas {
  /// Those that never came, such as dead letters, must not fill the user's document.
  private static final int MOST_AWAITED = 2_000;

  private static final String USED = "storageUsed";
  private static final String REVISION = Fields.OURS + ".revision";
  private static final String COUNTED = Fields.OURS + ".counted";

  private final MongoCollection<Document> users;

  Quotas(MongoDatabase database) {
    this.users = database.getCollection(Fields.USERS);
  }

  /// What a user's document says of the last batch.
  ///
  /// @param revision null before the first
  /// @param counted copies that are in the count and may not have been stored yet
  /// @param encryption whether the user's mail is to be encrypted, and for which keys
  record Account(
      @Nullable Number revision, List<ObjectId> counted, Optional<EncryptionWish> encryption) {}

  /// The accounts of those users who exist.
  Map<UserId, Account> accounts(Collection<UserId> of) {
    var accounts = new HashMap<UserId, Account>();
    users
        .find(in("_id", of.stream().map(Fields::id).toList()))
        .projection(
            Projections.fields(
                Projections.include(Fields.OURS), Projections.include(EncryptionWish.FIELDS)))
        .forEach(user -> accounts.put(Fields.user(user.getObjectId("_id")), account(user)));
    return accounts;
  }

  /// Counts copies that are about to be stored, by user.
  ///
  /// @param stored copies that are in a mailbox, so that nobody need remember having counted them
  /// @return whether it is done; if not, another writer has one of the users, and all is to be read
  ///   again
  boolean count(
      Map<UserId, List<Copy>> copies, Map<UserId, Account> accounts, Set<ObjectId> stored) {
    var changes = new ArrayList<WriteModel<Document>>();
    copies.forEach((user, own) -> {
      var account = accounts.get(user);
      if (account != null) changes.add(change(user, own, account, stored));
    });
    return users.bulkWrite(changes).getMatchedCount() == changes.size();
  }

  /// Takes back the count of a copy that cannot be stored.
  void discount(Copy copy) {
    users.updateOne(
        eq("_id", Fields.id(copy.delivery().user())),
        // Forgotten too: replayed when it can be stored, it is to be counted.
        Updates.combine(
            Updates.inc(USED, -copy.size()),
            Updates.inc(REVISION, 1),
            Updates.pull(COUNTED, copy.id)));
  }

  private static WriteModel<Document> change(
      UserId user, List<Copy> own, Account account, Set<ObjectId> stored) {
    var ids = own.stream().map(copy -> copy.id).toList();
    var octets =
        own.stream().filter(c -> !account.counted().contains(c.id)).mapToLong(Copy::size).sum();
    // Those counted in a batch that broke off, and not in this one, will come again.
    var awaited =
        account.counted().stream()
            .filter(id -> !stored.contains(id) && !ids.contains(id))
            .skip(Math.max(0, account.counted().size() - MOST_AWAITED));
    return new UpdateOneModel<>(
        and(eq("_id", Fields.id(user)), eq(REVISION, account.revision())),
        Updates.combine(
            Updates.inc(USED, octets),
            Updates.inc(REVISION, 1),
            Updates.set(COUNTED, Stream.concat(awaited, ids.stream()).toList())));
  }

  private static Account account(Document user) {
    var ours = user.get(Fields.OURS) instanceof Document document ? document : new Document();
    return new Account(
        ours.get("revision", Number.class),
        ours.getList("counted", ObjectId.class, List.of()),
        EncryptionWish.of(user));
  }
}
