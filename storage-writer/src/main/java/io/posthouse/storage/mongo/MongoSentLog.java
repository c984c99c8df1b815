package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import io.posthouse.message.QueueId;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.outbound.SentLog;
import java.io.IOException;
import java.time.InstantSource;
import org.bson.Document;

/// The collection `posthouse.sent`: ids of messages that follow from others, as long as [Past]
/// remembers those.
public final class MongoSentLog implements SentLog {
  private final Mongo mongo;
  private final InstantSource clock;
  private volatile boolean prepared;

  public MongoSentLog(Mongo mongo, InstantSource clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  @Override
  public boolean isDone(QueueId made) throws IOException {
    return Asking.ask(
        mongo, db -> db.getCollection(Fields.SENT).find(eq("_id", made.text())).first() != null);
  }

  @Override
  public void done(QueueId made) throws IOException {
    Asking.ask(
        mongo,
        db -> {
          prepare(db);
          var mark = new Document("_id", made.text()).append("at", clock.instant());
          var upsert = new ReplaceOptions().upsert(true);
          return db.getCollection(Fields.SENT).replaceOne(eq("_id", made.text()), mark, upsert);
        });
  }

  private void prepare(MongoDatabase db) {
    if (prepared) return;
    Expiry.after(db.getCollection(Fields.SENT), Past.DAYS);
    prepared = true;
  }
}
