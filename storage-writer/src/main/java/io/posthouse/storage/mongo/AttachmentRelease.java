package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/// Takes messages that are being removed out of the reference counts of their attachments, each
/// once. WildDuck's task deletes the files that nobody refers to.
final class AttachmentRelease {
  private static final String RELEASED = "metadata." + Fields.OURS + "Released";

  private final MongoCollection<Document> files;
  private final Instant now;

  AttachmentRelease(MongoDatabase database, Instant now) {
    this.files = database.getCollection(Fields.ATTACHMENT_FILES);
    this.now = now;
  }

  /// Before the message is deleted.
  void release(Document message) {
    var id = message.getObjectId("_id");
    for (var body : bodies(message))
      files.updateOne(
          and(eq("_id", body), ne(RELEASED, id)),
          Updates.combine(
              Updates.inc("metadata.c", -1),
              Updates.inc("metadata.m", -Fields.number(message, "magic")),
              Updates.set("metadata.cu", now),
              Updates.push(RELEASED, id)));
  }

  /// When it is deleted.
  void forget(Document message) {
    var bodies = bodies(message);
    if (!bodies.isEmpty())
      files.updateMany(in("_id", bodies), Updates.pull(RELEASED, message.getObjectId("_id")));
  }

  private static List<Binary> bodies(Document message) {
    var map = message.get("mimeTree", new Document()).get("attachmentMap", new Document());
    return map.values().stream()
        .filter(Binary.class::isInstance)
        .map(Binary.class::cast)
        .distinct()
        .toList();
  }
}
