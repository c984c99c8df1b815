package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// Makes a message again, to prove that it can be: ours to their length and SHA-256, WildDuck's to
/// their size. Of bodies that WildDuck has decoded it proves that they are whole: how they are
/// encoded again is WildDuck's to say.
final class MessageProof {
  private final MongoDatabase database;
  private final Document message;

  MessageProof(MongoDatabase database, ObjectId id) {
    this.database = database;
    var found = database.getCollection(Fields.MESSAGES).find(eq("_id", id)).first();
    // Deleted since it was listed: nothing is wrong with it.
    this.message = found == null ? new Document() : found;
  }

  /// What is wrong; empty where nothing is.
  Optional<String> fault() {
    if (message.isEmpty()) return Optional.empty();
    if (!(message.get("mimeTree") instanceof Document tree)) return Optional.of("has no mimeTree");
    var map = tree.get("attachmentMap", new Document());
    for (var hash : map.values()) {
      var fault = fault((Binary) hash);
      if (fault.isPresent()) return fault;
    }
    return isDecoded(map) ? Optional.empty() : length();
  }

  private Optional<String> length() {
    var length = new Length();
    try {
      new RawMessage(new Attachments(database), message).writeTo(length);
    } catch (IOException damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
    var expected =
        message.get(Fields.OURS) instanceof Document ours && ours.containsKey("length")
            ? Fields.number(ours, "length")
            : Fields.number(message, "size");
    return length.octets == expected
        ? Optional.empty()
        : Optional.of("makes " + length.octets + " octets (expected: " + expected + ")");
  }

  private Optional<String> fault(Binary hash) {
    var name = "attachment " + Base64.getEncoder().encodeToString(hash.getData());
    var file = database.getCollection(Fields.ATTACHMENT_FILES).find(eq("_id", hash)).first();
    if (file == null) return Optional.of(name + " is not there");
    var length = 0L;
    for (var chunk :
        database
            .getCollection(Fields.ATTACHMENT_CHUNKS)
            .find(eq("files_id", hash))
            .batchSize(16)
            .projection(Projections.include("data")))
      length += chunk.get("data", Binary.class).length();
    var expected = Fields.number(file, "length");
    return length == expected
        ? Optional.empty()
        : Optional.of(name + " has " + length + " octets (expected: " + expected + ")");
  }

  private boolean isDecoded(Document map) {
    return database
            .getCollection(Fields.ATTACHMENT_FILES)
            .countDocuments(and(in("_id", map.values()), eq("metadata.decoded", true)))
        > 0;
  }

  private static final class Length extends OutputStream {
    private long octets;

    @Override
    public void write(int octet) {
      octets++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      octets += length;
    }
  }
}
