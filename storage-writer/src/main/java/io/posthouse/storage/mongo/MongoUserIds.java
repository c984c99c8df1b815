package io.posthouse.storage.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/// All users, some thousand at a time: however many there are, and however long is spent with each,
/// no cursor stays open and few are held.
public final class MongoUserIds {
  private static final int AT_A_TIME = 2_000;

  private final Mongo mongo;

  public MongoUserIds(Mongo mongo) {
    this.mongo = mongo;
  }

  /// A user by name.
  public record Named(UserId id, String name) {}

  /// Those that follow, oldest first; none where there are no more.
  ///
  /// @param last after whom; empty to begin
  public List<Named> after(Optional<UserId> last) throws MongoDown {
    var rest = last.map(id -> Filters.gt("_id", Fields.id(id))).orElseGet(Filters::empty);
    return mongo.ask(db ->
        db.getCollection(Fields.USERS)
            .find(rest)
            .sort(Sorts.ascending("_id"))
            .limit(AT_A_TIME)
            .projection(Projections.include("username"))
            .map(MongoUserIds::named)
            .into(new ArrayList<>()));
  }

  private static Named named(Document user) {
    ObjectId id = user.getObjectId("_id");
    return new Named(Fields.user(id), user.get("username", ""));
  }
}
