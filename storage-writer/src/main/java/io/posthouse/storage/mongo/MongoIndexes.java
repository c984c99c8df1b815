package io.posthouse.storage.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.check.IndexState;
import io.posthouse.storage.check.IndexState.State;
import java.util.List;

/// The indexes of a database, compared with those that storing and serving mail need.
public final class MongoIndexes {
  private final Mongo mongo;

  public MongoIndexes(Mongo mongo) {
    this.mongo = mongo;
  }

  /// All that are needed.
  public List<IndexState> list() throws MongoDown {
    return mongo.ask(MongoIndexes::states);
  }

  /// The same, after the missing ones were created. Takes as long as the server does.
  public List<IndexState> create() throws MongoDown {
    return mongo.ask(db ->
        WantedIndexes.all().stream()
            .map(index -> index.isIn(db) ? state(index, State.PRESENT, "") : created(index, db))
            .toList());
  }

  static List<IndexState> states(MongoDatabase db) {
    return WantedIndexes.all().stream()
        .map(index -> state(index, index.isIn(db) ? State.PRESENT : State.MISSING, ""))
        .toList();
  }

  private static IndexState created(WantedIndex index, MongoDatabase db) {
    try {
      index.create(db);
      return state(index, index.isIn(db) ? State.CREATED : State.IGNORED, "");
    } catch (MongoCommandException refused) {
      return state(index, State.REFUSED, refused.getErrorMessage());
    }
  }

  private static IndexState state(WantedIndex index, State state, String why) {
    return new IndexState(
        index.collection(), index.text(), index.isUnique(), index.maker(), state, why);
  }
}
