package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import io.posthouse.address.MailAddress;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.lmtp.HandoverLog;
import io.posthouse.storage.mailbox.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.types.ObjectId;

/// The collection `posthouse.handed`: copies that are on their way to WildDuck. Those that it took
/// are remembered by [Past] beside those that we stored, so that neither way brings back what the
/// other has delivered.
public final class MongoHandoverLog implements HandoverLog {
  /// As what [Past] remembers shows in the place of a folder.
  private static final String HANDED_OVER = "(handed over)";

  /// WildDuck's clock need not be ours.
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final Pattern FIELDS = Pattern.compile("\\r\\n(?![ \\t])");

  private final Mongo mongo;
  private final InstantSource clock;
  private volatile boolean prepared;

  public MongoHandoverLog(Mongo mongo, InstantSource clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  @Override
  public Known begin(Delivery copy) throws IOException {
    return Asking.ask(mongo, db -> begin(db, copy));
  }

  @Override
  public void done(Delivery.Key copy) throws IOException {
    Asking.ask(
        mongo,
        db -> {
          remember(db, copy);
          return copy;
        });
  }

  private void remember(MongoDatabase db, Delivery.Key copy) {
    insert(db, Fields.STORED, new Document("folder", HANDED_OVER), copy);
    // After the other: who finds neither hands over again.
    db.getCollection(Fields.HANDED).deleteOne(eq("_id", CopyId.of(copy)));
  }

  private Known begin(MongoDatabase db, Delivery delivery) {
    prepare(db);
    var copy = delivery.key();
    var user = user(db, copy);
    if (user.isEmpty()) return new Known.NoSuchUser();
    if (isKnown(db, Fields.STORED, copy) || isKnown(db, Fields.MESSAGES, copy))
      return new Known.Settled();
    if (!insert(db, Fields.HANDED, new Document(), copy) && isInMailbox(db, delivery)) {
      remember(db, copy);
      return new Known.Settled();
    }
    return new Known.Owed(
        Optional.ofNullable(user.get().getString("address")).flatMap(MailAddress::parse));
  }

  private static Optional<Document> user(MongoDatabase db, Delivery.Key copy) {
    return Optional.ofNullable(
        db.getCollection(Fields.USERS)
            .find(eq("_id", Fields.id(copy.user())))
            .projection(Projections.include("address"))
            .first());
  }

  private static boolean isKnown(MongoDatabase db, String collection, Delivery.Key copy) {
    return db.getCollection(collection)
            .find(eq("_id", CopyId.of(copy)))
            .projection(Projections.include("_id"))
            .first()
        != null;
  }

  /// False where it is there.
  private boolean insert(MongoDatabase db, String collection, Document what, Delivery.Key copy) {
    try {
      db.getCollection(collection)
          .insertOne(what.append("_id", CopyId.of(copy)).append("at", clock.instant()));
      return true;
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) return false;
      throw e;
    }
  }

  /// Whether it is among what was stored since it was about to be handed over: a message with the
  /// field of our trace that has its queue id.
  private static boolean isInMailbox(MongoDatabase db, Delivery copy) {
    var begun = db.getCollection(Fields.HANDED).find(eq("_id", CopyId.of(copy.key()))).first();
    var field = field(copy);
    if (begun == null || field.isEmpty()) return false;
    var since = Date.from(begun.getDate("at").toInstant().minus(SKEW));
    var theirs =
        and(
            eq("user", Fields.id(copy.user())),
            gte("_id", ObjectId.getSmallestWithDate(since)),
            eq("mimeTree.header", field.get()));
    return db.getCollection(Fields.MESSAGES).find(theirs).first() != null;
  }

  /// With its folds and without its line end, as WildDuck keeps it.
  private static Optional<String> field(Delivery copy) {
    var trace = copy.envelope().trace().text(StandardCharsets.ISO_8859_1);
    var id = copy.envelope().queueId().text();
    return FIELDS.splitAsStream(trace).filter(field -> field.contains(id)).findFirst();
  }

  /// Those that are never finished are forgotten in the end.
  private void prepare(MongoDatabase db) {
    if (prepared) return;
    Expiry.after(db.getCollection(Fields.HANDED), Past.DAYS);
    Expiry.after(db.getCollection(Fields.STORED), Past.DAYS);
    prepared = true;
  }
}
