package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;

/// The messages in all mailboxes.
final class Messages {
  private final MongoCollection<Document> messages;

  Messages(MongoDatabase database) {
    messages = database.getCollection(Fields.MESSAGES);
  }

  /// Those of them that are there, with what a batch needs to go on after it broke off.
  Map<ObjectId, Document> find(List<ObjectId> ids) {
    var stored = new HashMap<ObjectId, Document>();
    messages
        .find(in("_id", ids))
        .projection(
            Projections.include(
                "user",
                "mailbox",
                "uid",
                "modseq",
                "idate",
                "unseen",
                "thread",
                "mimeTree.attachmentMap",
                Copy.FOLDER,
                Copy.ENCRYPTED))
        .forEach(message -> stored.put(message.getObjectId("_id"), message));
    return stored;
  }

  /// All of them, or all but those that the exception names.
  void insert(List<Document> some) {
    messages.insertMany(some, new InsertManyOptions().ordered(false));
  }

  /// What became of the delivery of a message that is there.
  static Outcome already(Document message) {
    return new Outcome.AlreadyStored(Copy.folder(message), Fields.number(message, "uid"));
  }
}
