package io.posthouse.storage.mongo;

import static java.util.stream.Collectors.toSet;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import io.posthouse.storage.mailbox.Listeners;
import io.posthouse.storage.mailbox.Listeners.Arrival;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/// What follows once messages are stored. It is made from the messages alone, so it can be done for
/// those of a batch that broke off, and twice.
final class Completion {
  private final MongoDatabase database;
  private final Past past;
  private final Attachments attachments;
  private final Ciphertexts ciphertexts;
  private final Listeners listeners;
  private final Instant now;

  Completion(MongoDatabase database, Listeners listeners, Instant now) {
    this.database = database;
    this.past = new Past(database);
    this.attachments = new Attachments(database);
    this.ciphertexts = new Ciphertexts(database);
    this.listeners = listeners;
    this.now = now;
  }

  /// From here on they are not stored again, whatever their users do with them.
  void remember(List<Document> messages) {
    past.remember(messages, now);
  }

  /// Where sessions look for what is new.
  void journal(List<Document> messages) {
    if (messages.isEmpty()) return;
    try {
      database
          .getCollection(Fields.JOURNAL)
          .insertMany(
              messages.stream().map(this::journalEntry).toList(),
              new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      WriteErrors.rethrowUnlessDuplicates(e);
    }
  }

  /// Its `_id` is the message's, so that the same change is not told twice.
  private Document journalEntry(Document message) {
    var id = message.getObjectId("_id");
    return new Document("_id", id)
        .append("command", "EXISTS")
        .append("uid", message.get("uid"))
        .append("ignore", null)
        .append("message", id)
        .append("modseq", message.get("modseq"))
        .append("unseen", message.getBoolean("unseen", true))
        .append("idate", message.get("idate"))
        .append("thread", message.get("thread"))
        .append("created", now)
        .append("mailbox", message.get("mailbox"))
        .append("user", message.get("user"));
  }

  /// After the journal, where sessions that wake look first.
  void tell(List<Document> messages) {
    var arrivals = messages.stream().map(Completion::arrival).collect(toSet());
    if (!arrivals.isEmpty()) listeners.arrived(arrivals);
  }

  private static Arrival arrival(Document message) {
    var user = Fields.user(message.getObjectId("user"));
    return new Arrival(user, message.getObjectId("mailbox").toHexString());
  }

  /// Nobody will take back a body of theirs, or need what they were encrypted to.
  void forgetCounted(List<Document> messages) {
    for (var message : messages) {
      var map = message.get("mimeTree", Document.class).get("attachmentMap", Document.class);
      var bodies = map.values().stream().map(Binary.class::cast).toList();
      attachments.counted(bodies, message.getObjectId("_id"));
      if (Copy.isEncrypted(message)) ciphertexts.forget(message.getObjectId("_id"));
    }
  }
}
