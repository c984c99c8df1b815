package io.posthouse.storage.mongo;

import com.mongodb.client.MongoDatabase;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.mailbox.StoreUnavailable;
import java.util.function.Function;

/// Questions of those whose ports know no MongoDB.
final class Asking {
  private Asking() {}

  /// @throws StoreUnavailable if MongoDB does not answer
  static <T> T ask(Mongo mongo, Function<MongoDatabase, T> question) throws StoreUnavailable {
    try {
      return mongo.ask(question);
    } catch (MongoDown down) {
      throw new StoreUnavailable(down.why(), down);
    }
  }
}
