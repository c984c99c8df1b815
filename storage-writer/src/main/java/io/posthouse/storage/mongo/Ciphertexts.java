package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// Encrypted messages on their way into a mailbox. Encryption gives other octets each time, and
/// what was counted of a message must be what is stored: so a message is encrypted once, kept here
/// before anything is counted, and stored from here however often storing breaks off.
final class Ciphertexts {
  /// Longer than a message can be on its way.
  private static final long DAYS = 35;

  /// Documents hold 16 MiB.
  private static final int PIECE = 8 << 20;

  private final MongoCollection<Document> encrypted;

  Ciphertexts(MongoDatabase database) {
    this.encrypted = database.getCollection(Fields.ENCRYPTED);
  }

  /// Servers that expire documents forget what never came into a mailbox.
  void prepare() {
    Expiry.after(encrypted, DAYS);
  }

  /// What is kept of a copy, if it is all there.
  Optional<Octets> find(ObjectId copy) {
    var head = encrypted.find(eq("_id", copy)).first();
    if (head == null) return Optional.empty();
    var octets = new ByteArrayOutputStream();
    for (var id : pieces(head)) {
      var piece = encrypted.find(eq("_id", id)).first();
      if (piece == null) {
        encrypted.deleteOne(eq("_id", copy));
        return Optional.empty();
      }
      octets.writeBytes(piece.get("data", Binary.class).getData());
    }
    return Optional.of(Octets.of(octets.toByteArray()));
  }

  /// Keeps a message; answers the one that is kept, which is another writer's if it was quicker.
  Octets keep(ObjectId copy, Octets message, Instant now) {
    var octets = message.sharedArray();
    var count = Math.ceilDiv(octets.length, PIECE);
    // A name that nobody else gives: who finds the head finds all pieces of one and the same.
    var head = new Document("_id", copy).append("run", new ObjectId()).append("pieces", count);
    var ids = pieces(head);
    for (int i = 0; i < count; i++) {
      var data = Arrays.copyOfRange(octets, i * PIECE, Math.min(octets.length, (i + 1) * PIECE));
      encrypted.insertOne(
          new Document("_id", ids.get(i)).append("data", new Binary(data)).append("at", now));
    }
    try {
      encrypted.insertOne(head.append("at", now));
      return message;
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) throw e;
      encrypted.deleteMany(in("_id", ids));
      return find(copy).orElseGet(() -> keep(copy, message, now));
    }
  }

  /// Forgets what lies in a mailbox.
  void forget(ObjectId copy) {
    var head = encrypted.findOneAndDelete(eq("_id", copy));
    if (head != null) encrypted.deleteMany(in("_id", pieces(head)));
  }

  private static List<String> pieces(Document head) {
    var run = head.getObjectId("run").toHexString();
    return IntStream.range(0, (int) Fields.number(head, "pieces"))
        .mapToObj(n -> run + "." + n)
        .toList();
  }
}
