package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Which copies were ever stored: a message that its user has moved or deleted must not come back
/// when its record is replayed.
final class Past {
  /// Longer than any record can be replayed.
  static final long DAYS = 35;

  private final MongoCollection<Document> stored;

  Past(MongoDatabase database) {
    this.stored = database.getCollection(Fields.STORED);
  }

  /// Servers that expire documents forget what is too old to be replayed.
  void prepare() {
    Expiry.after(stored, DAYS);
  }

  /// What became of copies, of those that were stored.
  Map<ObjectId, Outcome> outcomes(Collection<ObjectId> ids) {
    var outcomes = new HashMap<ObjectId, Outcome>();
    if (ids.isEmpty()) return outcomes;
    stored
        .find(in("_id", ids))
        .forEach(copy -> outcomes.put(copy.getObjectId("_id"), outcome(copy)));
    return outcomes;
  }

  private static Outcome outcome(Document copy) {
    var folder = copy.get("folder", MailboxReader.INBOX);
    return new Outcome.AlreadyStored(folder, Fields.number(copy, "uid"));
  }

  void remember(List<Document> messages, Instant now) {
    if (messages.isEmpty()) return;
    var copies =
        messages.stream()
            .map(message ->
                new Document("_id", message.get("_id"))
                    .append("uid", message.get("uid"))
                    .append("folder", Copy.folder(message))
                    .append("at", now))
            .toList();
    try {
      stored.insertMany(copies, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      WriteErrors.rethrowUnlessDuplicates(e);
    }
  }
}
