package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.message.Digests;
import io.posthouse.message.QueueId;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.outbound.ReplyLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import org.bson.Document;

/// The collection `posthouse.replied`: for each autoreply and sender, known by a hash, when the
/// last answer went out and which it was.
public final class MongoReplyLog implements ReplyLog {
  private static final Duration BETWEEN = Duration.ofHours(4);

  private final Mongo mongo;
  private final InstantSource clock;
  private volatile boolean prepared;

  public MongoReplyLog(Mongo mongo, InstantSource clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  @Override
  public boolean isTurnOf(QueueId reply, String autoreply, MailAddress to) throws IOException {
    return Asking.ask(mongo, db -> take(db, reply, key(autoreply, to)));
  }

  private boolean take(MongoDatabase db, QueueId reply, String key) {
    prepare(db);
    var replied = db.getCollection(Fields.REPLIED);
    var now = clock.instant();
    var free = or(lte("at", now.minus(BETWEEN)), eq("by", reply.text()));
    var turn = Updates.combine(Updates.set("at", now), Updates.set("by", reply.text()));
    if (replied.updateOne(and(eq("_id", key), free), turn).getMatchedCount() == 1) return true;
    try {
      replied.insertOne(new Document("_id", key).append("at", now).append("by", reply.text()));
      return true;
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) return false;
      throw e;
    }
  }

  private void prepare(MongoDatabase db) {
    if (prepared) return;
    Expiry.after(db.getCollection(Fields.REPLIED), 1);
    prepared = true;
  }

  private static String key(String autoreply, MailAddress to) {
    var text = autoreply + "\n" + to.toString().toLowerCase(Locale.ROOT);
    var digest = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 16);
  }
}
