package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import io.posthouse.directory.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// The count of a user's octets, and what it should be.
final class QuotaCount {
  private static final String USED = "storageUsed";
  private static final String REVISION = Fields.OURS + ".revision";
  private static final String COUNTED = Fields.OURS + ".counted";

  /// A copy that was counted so long ago and is not stored never came.
  private static final Duration AWAITED = Duration.ofDays(1);

  private final MongoDatabase database;
  private final Instant now;

  QuotaCount(MongoDatabase database, Instant now) {
    this.database = database;
    this.now = now;
  }

  /// One look at a user.
  ///
  /// @param used the count
  /// @param sum octets of all messages
  /// @param written the count as it stands there; null where the user has none
  /// @param revision of the user's document; null before our first message
  /// @param counted of those in the count, the stored ones
  /// @param isChanging whether a copy is in the count that is being stored just now
  record Look(
      long used,
      long sum,
      @Nullable Number written,
      @Nullable Number revision,
      List<ObjectId> counted,
      boolean isChanging) {}

  /// Empty where there is no such user.
  Optional<Look> of(UserId user) {
    var document = database.getCollection(Fields.USERS).find(eq("_id", Fields.id(user))).first();
    return Optional.ofNullable(document).map(this::look);
  }

  private Look look(Document user) {
    var ours = user.get(Fields.OURS, new Document());
    var counted = ours.getList("counted", ObjectId.class, List.of());
    var missing = new HashSet<>(counted);
    var sum = 0L;
    for (var message :
        database
            .getCollection(Fields.MESSAGES)
            .find(eq("user", user.getObjectId("_id")))
            .projection(Projections.include("size"))) {
      sum += Fields.number(message, "size");
      missing.remove(message.getObjectId("_id"));
    }
    missing.removeAll(new Past(database).outcomes(missing).keySet());
    return new Look(
        Fields.number(user, USED),
        sum,
        user.get(USED, Number.class),
        ours.get("revision", Number.class),
        counted.stream().filter(id -> !missing.contains(id)).toList(),
        missing.stream().anyMatch(this::isAwaited));
  }

  private boolean isAwaited(ObjectId copy) {
    return copy.getDate().toInstant().isAfter(now.minus(AWAITED));
  }

  /// Sets the count, unless somebody has changed anything since the look. What is no longer among
  /// the counted is counted when it comes after all.
  boolean mend(UserId user, Look look) {
    return database
            .getCollection(Fields.USERS)
            .updateOne(
                and(
                    eq("_id", Fields.id(user)),
                    eq(REVISION, look.revision()),
                    eq(USED, look.written())),
                Updates.combine(
                    Updates.set(USED, look.sum()),
                    Updates.set(COUNTED, look.counted()),
                    Updates.inc(REVISION, 1)))
            .getMatchedCount()
        == 1;
  }
}
