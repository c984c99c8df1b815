package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReplaceOptions;
import io.posthouse.message.QueueId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.outbound.SentLog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
    return ask(db -> db.getCollection(Fields.SENT).find(eq("_id", made.text())).first() != null);
  }

  @Override
  public void done(QueueId made) throws IOException {
    ask(db -> {
      prepare(db);
      var mark = new Document("_id", made.text()).append("at", clock.instant());
      var upsert = new ReplaceOptions().upsert(true);
      return db.getCollection(Fields.SENT).replaceOne(eq("_id", made.text()), mark, upsert);
    });
  }

  private void prepare(MongoDatabase db) {
    if (prepared) return;
    var expiry = new IndexOptions().expireAfter(Past.DAYS, TimeUnit.DAYS);
    db.getCollection(Fields.SENT).createIndex(new Document("at", 1), expiry);
    prepared = true;
  }

  private <T> T ask(Function<MongoDatabase, T> question) throws IOException {
    try {
      return mongo.ask(question);
    } catch (MongoDown down) {
      throw new IOException(down.why(), down);
    }
  }
}
