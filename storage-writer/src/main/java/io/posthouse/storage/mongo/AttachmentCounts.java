package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;

/// How many messages each attachment says to have, and how many it has. Of a great many attachments
/// it looks at a share at a time, going through all messages for each.
final class AttachmentCounts {
  private static final int SHARE = 1_000_000;

  /// What was changed so lately may be changing.
  private static final Duration SETTLED = Duration.ofHours(1);

  private static final List<String> REFERRING = List.of(Fields.MESSAGES, "archived");

  private final MongoDatabase database;
  private final Instant now;

  AttachmentCounts(MongoDatabase database, Instant now) {
    this.database = database;
    this.now = now;
  }

  /// Messages, and the sum of their magics.
  record Count(long messages, long magics) {
    private static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(messages + other.messages, magics + other.magics);
    }

    @Override
    public String toString() {
      return messages + " messages, magic " + magics;
    }
  }

  /// A file whose count is wrong.
  record Wrong(Binary id, Count stored, Count counted, Date changed) {
    String hash() {
      return Base64.getEncoder().encodeToString(id.getData());
    }
  }

  /// Finds those whose count is wrong, but for those that are changing.
  void wrong(Consumer<Wrong> found) {
    var files = database.getCollection(Fields.ATTACHMENT_FILES).estimatedDocumentCount();
    var shares = (int) (files / SHARE + 1);
    for (int share = 0; share < shares; share++) {
      var counted = counted(share, shares);
      for (var file : database.getCollection(Fields.ATTACHMENT_FILES).find()) {
        if (isIn(file.get("_id", Binary.class), share, shares)) compare(file, counted, found);
      }
    }
  }

  /// Sets the count, unless somebody has changed it since the look.
  boolean mend(Wrong file) {
    return database
            .getCollection(Fields.ATTACHMENT_FILES)
            .updateOne(
                and(
                    eq("_id", file.id()),
                    eq("metadata.c", file.stored().messages()),
                    eq("metadata.m", file.stored().magics()),
                    eq("metadata.cu", file.changed())),
                Updates.combine(
                    Updates.set("metadata.c", file.counted().messages()),
                    Updates.set("metadata.m", file.counted().magics()),
                    Updates.set("metadata.cu", Date.from(now))))
            .getMatchedCount()
        == 1;
  }

  private void compare(Document file, Map<Binary, Count> counted, Consumer<Wrong> found) {
    var metadata = file.get("metadata", new Document());
    if (!(metadata.get("cu") instanceof Date changed) || isChanging(metadata, changed)) return;
    var id = file.get("_id", Binary.class);
    var stored = new Count(Fields.number(metadata, "c"), Fields.number(metadata, "m"));
    var expected = counted.getOrDefault(id, Count.NONE);
    if (!stored.equals(expected)) found.accept(new Wrong(id, stored, expected, changed));
  }

  private boolean isChanging(Document metadata, Date changed) {
    return changed.toInstant().isAfter(now.minus(SETTLED))
        || !metadata.getList(Fields.OURS, Object.class, List.of()).isEmpty();
  }

  private Map<Binary, Count> counted(int share, int shares) {
    var counted = new HashMap<Binary, Count>();
    var fields = Projections.include("magic", "mimeTree.attachmentMap");
    for (var collection : REFERRING)
      for (var message : database.getCollection(collection).find().projection(fields))
        references(message)
            .filter(id -> isIn(id, share, shares))
            .forEach(id ->
                counted.merge(
                    (Binary) id, new Count(1, Fields.number(message, "magic")), Count::plus));
    return counted;
  }

  /// Each once: a message that has the same body twice is counted once.
  private static Stream<Object> references(Document message) {
    return message
        .get("mimeTree", new Document())
        .get("attachmentMap", new Document())
        .values()
        .stream()
        .distinct();
  }

  private static boolean isIn(Object id, int share, int shares) {
    return id instanceof Binary hash && Math.floorMod(hash.hashCode(), shares) == share;
  }
}
