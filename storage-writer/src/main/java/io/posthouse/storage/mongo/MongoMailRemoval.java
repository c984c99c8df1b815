package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/// Removes messages for good: all of a user, or all of a folder. Quota and reference counts follow.
///
/// It may break off anywhere and be done again: like storing, each change of a counter remembers
/// for which messages it was made.
public final class MongoMailRemoval {
  private static final int AT_A_TIME = 100;
  private static final String REMOVING = Fields.OURS + ".removing";

  private final Mongo mongo;
  private final InstantSource clock;
  private final Consumer<Step> before;

  /// What is done to a batch, in this order.
  enum Step {
    DISCOUNT,
    RELEASE,
    DELETE,
    FORGET
  }

  public MongoMailRemoval(Mongo mongo, InstantSource clock) {
    this(mongo, clock, _ -> {});
  }

  /// @param before told before each step, so that a test can break off there
  MongoMailRemoval(Mongo mongo, InstantSource clock, Consumer<Step> before) {
    this.mongo = mongo;
    this.clock = clock;
    this.before = before;
  }

  /// How many messages a user has.
  public long count(UserId user) throws MongoDown {
    return count(eq("user", Fields.id(user)));
  }

  /// How many messages lie in a folder.
  public long count(UserId user, String path) throws MongoDown {
    var folder = folder(user, path);
    return folder.isEmpty() ? 0 : count(folder.get());
  }

  /// Removes all messages of a user, batch by batch.
  ///
  /// @param progress is told after each batch how many are gone
  /// @return how many were removed
  public long removeAll(UserId user, LongConsumer progress) throws MongoDown {
    return remove(user, eq("user", Fields.id(user)), progress);
  }

  /// The same for one folder.
  public long removeAll(UserId user, String path, LongConsumer progress) throws MongoDown {
    var folder = folder(user, path);
    return folder.isEmpty() ? 0 : remove(user, folder.get(), progress);
  }

  private long count(Bson which) throws MongoDown {
    return mongo.ask(db -> messages(db).countDocuments(which));
  }

  private Optional<Bson> folder(UserId user, String path) throws MongoDown {
    return mongo.ask(db ->
        Optional.ofNullable(
                db.getCollection(Fields.MAILBOXES)
                    .find(and(eq("user", Fields.id(user)), eq("path", path)))
                    .first())
            .map(folder -> eq("mailbox", folder.getObjectId("_id"))));
  }

  private long remove(UserId user, Bson which, LongConsumer progress) throws MongoDown {
    long removed = 0;
    for (var batch = next(user, which); !batch.isEmpty(); batch = next(user, which)) {
      var messages = batch;
      mongo.ask(db -> remove(db, user, messages));
      removed += messages.size();
      progress.accept(removed);
    }
    return removed;
  }

  /// What broke off goes first: it is out of the counts already, and only as long as no other batch
  /// takes its place in the user's document.
  private List<Document> next(UserId user, Bson which) throws MongoDown {
    return mongo.ask(db -> {
      var brokenOff = account(db, user).map(MongoMailRemoval::removing).orElse(List.of());
      var left = brokenOff.isEmpty() ? List.<Document>of() : batch(db, in("_id", brokenOff));
      return left.isEmpty() ? batch(db, which) : left;
    });
  }

  private static List<Document> batch(MongoDatabase db, Bson which) {
    return messages(db)
        .find(which)
        .projection(Projections.include("size", "magic", "mimeTree.attachmentMap"))
        .sort(new Document("_id", 1))
        .limit(AT_A_TIME)
        .into(new ArrayList<>());
  }

  private static Optional<Document> account(MongoDatabase db, UserId user) {
    return Optional.ofNullable(
        db.getCollection(Fields.USERS)
            .find(eq("_id", Fields.id(user)))
            .projection(Projections.include(REMOVING))
            .first());
  }

  private boolean remove(MongoDatabase db, UserId user, List<Document> messages) {
    var ids = messages.stream().map(message -> message.getObjectId("_id")).toList();
    var attachments = new AttachmentRelease(db, clock.instant());
    step(Step.DISCOUNT, () -> discount(db, user, messages, ids));
    step(Step.RELEASE, () -> messages.forEach(attachments::release));
    step(Step.DELETE, () -> messages(db).deleteMany(in("_id", ids)));
    step(Step.FORGET, () -> messages.forEach(attachments::forget));
    return true;
  }

  private void step(Step step, Runnable work) {
    before.accept(step);
    work.run();
  }

  /// Takes messages out of the quota's count, each once.
  private static void discount(
      MongoDatabase db, UserId user, List<Document> messages, List<ObjectId> ids) {
    var users = db.getCollection(Fields.USERS);
    while (true) {
      var account = account(db, user);
      if (account.isEmpty()) return;
      var known = removing(account.get());
      var octets =
          messages.stream()
              .filter(message -> !known.contains(message.getObjectId("_id")))
              .mapToLong(message -> Fields.number(message, "size"))
              .sum();
      var change = Updates.combine(Updates.inc("storageUsed", -octets), Updates.set(REMOVING, ids));
      var asRead = eq(REMOVING, known.isEmpty() ? null : known);
      if (users.updateOne(and(eq("_id", Fields.id(user)), asRead), change).getMatchedCount() == 1)
        return;
    }
  }

  private static List<ObjectId> removing(Document account) {
    return account.get(Fields.OURS, new Document()).getList("removing", ObjectId.class, List.of());
  }

  private static MongoCollection<Document> messages(MongoDatabase db) {
    return db.getCollection(Fields.MESSAGES);
  }
}
