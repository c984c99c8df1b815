package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// The GridFS bucket `attachments`: every body once, by the hash of its octets, with a count of the
/// messages that have it.
///
/// A message is counted exactly once, whatever is done again: while it is being stored, its id
/// stands in the body's list of those counted, and counting is one change that only happens while
/// it does not stand there. Beside it stands the writer who relies on the count last, so that of
/// two who store one message the slower can take back what it counted in vain.
final class Attachments implements Bodies {
  /// GridFS's own.
  private static final int CHUNK = 255 * 1024;

  private static final int CHUNKS_AT_A_TIME = 16;
  private static final String COUNTED = "metadata." + Fields.OURS;
  private static final String MESSAGE = "message";
  private static final String WRITER = "writer";

  private final MongoDatabase database;
  private final ObjectId writer = new ObjectId();

  /// For one writer of one batch.
  Attachments(MongoDatabase database) {
    this.database = database;
  }

  /// Makes sure that a body is there and that the message is counted among those that have it.
  ///
  /// @return whether we counted it
  boolean store(StoredBody body, ObjectId message, int magic, Instant now) {
    // Again where somebody else stored the same body between two of these questions.
    while (true) {
      if (count(body.id(), message, magic, now)) return true;
      if (adopt(body.id(), message)) return false;
      if (!isThere(body.id()) && insert(body, message, magic, now)) return true;
    }
  }

  /// Takes back what we counted of a message that another writer stored meanwhile, or that cannot
  /// be stored; nothing where the other relies on our count.
  void takeBack(Binary body, ObjectId message, int magic) {
    files()
        .updateOne(
            and(eq("_id", body), elemMatch(COUNTED, and(eq(MESSAGE, message), eq(WRITER, writer)))),
            Updates.combine(
                Updates.inc("metadata.c", -1),
                Updates.inc("metadata.m", -magic),
                Updates.pull(COUNTED, eq(MESSAGE, message))));
  }

  /// Forgets who was counted, once the messages are there to say so.
  void counted(List<Binary> bodies, ObjectId message) {
    if (!bodies.isEmpty())
      files().updateMany(in("_id", bodies), Updates.pull(COUNTED, eq(MESSAGE, message)));
  }

  @Override
  public void write(Binary id, OutputStream to) throws IOException {
    var file = files().find(eq("_id", id)).first();
    if (file == null) throw new IOException("attachment: none of hash " + text(id));
    if (file.get("metadata", Document.class).getBoolean("decoded", false))
      throw new IOException("attachment: " + text(id) + " was decoded by WildDuck");
    var length = Fields.number(file, "length");
    var size = Fields.number(file, "chunkSize");
    for (int n = 0; n * size < length; n++) to.write(chunk(id, n));
  }

  private byte[] chunk(Binary id, int n) throws IOException {
    var chunk = chunks().find(and(eq("files_id", id), eq("n", n))).first();
    if (chunk == null) throw new IOException("attachment: " + text(id) + " lacks chunk " + n);
    return chunk.get("data", Binary.class).getData();
  }

  private boolean count(Binary id, ObjectId message, int magic, Instant now) {
    return files()
            .updateOne(
                and(eq("_id", id), ne(COUNTED + "." + MESSAGE, message)),
                Updates.combine(
                    Updates.inc("metadata.c", 1),
                    Updates.inc("metadata.m", magic),
                    Updates.set("metadata.cu", now),
                    Updates.push(COUNTED, entry(message))))
            .getMatchedCount()
        == 1;
  }

  /// Whether somebody counted the message, on whom we rely from now on.
  private boolean adopt(Binary id, ObjectId message) {
    return files()
            .updateOne(
                and(eq("_id", id), eq(COUNTED + "." + MESSAGE, message)),
                Updates.set(COUNTED + ".$." + WRITER, writer))
            .getMatchedCount()
        == 1;
  }

  private boolean isThere(Binary id) {
    return files().find(eq("_id", id)).projection(include("_id")).first() != null;
  }

  private Document entry(ObjectId message) {
    return new Document(MESSAGE, message).append(WRITER, writer);
  }

  /// Whether the body is there through us, and the message counted.
  private boolean insert(StoredBody body, ObjectId message, int magic, Instant now) {
    // Chunks first: a file that can be found is whole. Two who store the same body write the same
    // chunks.
    insertChunks(body);
    try {
      files().insertOne(file(body, message, magic, now));
      return true;
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) throw e;
      return false;
    }
  }

  private void insertChunks(StoredBody body) {
    var octets = body.octets().toArray();
    var documents = new ArrayList<Document>();
    for (int n = 0; n * CHUNK < octets.length; n++) {
      var data = Arrays.copyOfRange(octets, n * CHUNK, Math.min(octets.length, (n + 1) * CHUNK));
      documents.add(
          new Document("_id", new ObjectId())
              .append("files_id", body.id())
              .append("n", n)
              .append("data", new Binary(data)));
      if (documents.size() == CHUNKS_AT_A_TIME) insertMissing(documents);
    }
    insertMissing(documents);
  }

  private void insertMissing(List<Document> chunks) {
    if (chunks.isEmpty()) return;
    try {
      chunks().insertMany(chunks, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      WriteErrors.rethrowUnlessDuplicates(e);
    }
    chunks.clear();
  }

  private Document file(StoredBody body, ObjectId message, int magic, Instant now) {
    var metadata =
        new Document("m", magic)
            .append("c", 1)
            .append("cu", now)
            .append("esize", body.octets().length())
            .append("transferEncoding", body.transferEncoding())
            .append("fileContentHash", text(body.id()))
            .append(Fields.OURS, List.of(entry(message)));
    return new Document("_id", body.id())
        .append("length", (long) body.octets().length())
        .append("chunkSize", CHUNK)
        .append("uploadDate", now)
        .append("filename", null)
        .append("contentType", body.contentType())
        .append("metadata", metadata);
  }

  private static String text(Binary hash) {
    return Base64.getEncoder().encodeToString(hash.getData());
  }

  private MongoCollection<Document> files() {
    return database.getCollection(Fields.ATTACHMENT_FILES);
  }

  private MongoCollection<Document> chunks() {
    return database.getCollection(Fields.ATTACHMENT_CHUNKS);
  }
}
