package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Receipts;
import java.io.IOException;
import org.bson.Document;
import org.bson.conversions.Bson;

/// A mark beside what [Past] remembers of a copy, and as long.
public final class MongoReceipts implements Receipts {
  private static final String TOLD = "told";

  private final Mongo mongo;

  public MongoReceipts(Mongo mongo) {
    this.mongo = mongo;
  }

  @Override
  public boolean isTold(Delivery.Key copy) throws IOException {
    return Asking.ask(
        mongo, db -> stored(db).find(and(copy(copy), eq(TOLD, true))).first() != null);
  }

  @Override
  public void told(Delivery.Key copy) throws IOException {
    Asking.ask(mongo, db -> stored(db).updateOne(copy(copy), Updates.set(TOLD, true)));
  }

  private static Bson copy(Delivery.Key copy) {
    return eq("_id", CopyId.of(copy));
  }

  private static MongoCollection<Document> stored(MongoDatabase database) {
    return database.getCollection(Fields.STORED);
  }
}
