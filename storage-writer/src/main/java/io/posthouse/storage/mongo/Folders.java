package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.Placement.Folder;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/// The users' folders, and the numbers of messages in them.
final class Folders {
  private static final int REMEMBERED = 100_000;
  private static final String JUNK = "\\Junk";

  private final Cache<Key, ObjectId> ids = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private record Key(UserId user, Folder folder) {}

  /// A run of numbers that nobody else gets. One that is not used leaves a gap, which is allowed
  /// (RFC 9051 §2.3.1.1).
  ///
  /// @param firstUid the next are one higher each
  /// @param firstModseq likewise
  /// @param retention milliseconds that a message is kept in this folder; 0: as long as wanted
  record Numbers(
      ObjectId mailbox,
      String path,
      long firstUid,
      long firstModseq,
      long retention,
      boolean isJunk) {}

  /// Takes so many numbers in a user's folder, or in the INBOX where there is no such folder any
  /// more; nothing where that is missing too.
  Optional<Numbers> take(MongoDatabase database, UserId user, Folder folder, int count) {
    var numbers = takeIn(database, new Key(user, folder), count);
    if (numbers.isPresent() || folder instanceof Folder.Inbox) return numbers;
    return take(database, user, new Folder.Inbox(), count);
  }

  private Optional<Numbers> takeIn(MongoDatabase database, Key key, int count) {
    var mailboxes = database.getCollection(Fields.MAILBOXES);
    var known = ids.getIfPresent(key);
    if (known != null) {
      var numbers = take(mailboxes, known, count);
      if (numbers.isPresent()) return numbers;
      ids.invalidate(key);
    }
    return find(mailboxes, key)
        .flatMap(id -> {
          ids.put(key, id);
          return take(mailboxes, id, count);
        });
  }

  private static Optional<ObjectId> find(MongoCollection<Document> mailboxes, Key key) {
    var wanted = and(eq("user", Fields.id(key.user())), filter(key.folder()));
    return Optional.ofNullable(
            mailboxes.find(wanted).projection(Projections.include("_id")).first())
        .map(found -> found.getObjectId("_id"));
  }

  private static Bson filter(Folder folder) {
    return switch (folder) {
      case Folder.Inbox() -> eq("path", MailboxReader.INBOX);
      case Folder.Junk() -> eq("specialUse", JUNK);
      case Folder.ById(var hex) -> eq("_id", new ObjectId(hex));
    };
  }

  private static Optional<Numbers> take(
      MongoCollection<Document> mailboxes, ObjectId id, int count) {
    var before =
        mailboxes.findOneAndUpdate(
            eq("_id", id),
            Updates.combine(Updates.inc("uidNext", count), Updates.inc("modifyIndex", count)),
            new FindOneAndUpdateOptions()
                .returnDocument(ReturnDocument.BEFORE)
                .projection(
                    Projections.include(
                        "path", "uidNext", "modifyIndex", "retention", "specialUse")));
    return Optional.ofNullable(before).map(Folders::numbers);
  }

  private static Numbers numbers(Document folder) {
    return new Numbers(
        folder.getObjectId("_id"),
        folder.getString("path"),
        Fields.number(folder, "uidNext"),
        Fields.number(folder, "modifyIndex") + 1,
        Fields.number(folder, "retention"),
        JUNK.equals(folder.get("specialUse")));
  }
}
