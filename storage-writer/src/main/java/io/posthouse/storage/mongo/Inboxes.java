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
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/// The users' INBOX folders, and the numbers of messages in them.
final class Inboxes {
  private static final int REMEMBERED = 100_000;

  private final Cache<UserId, ObjectId> ids = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /// A run of numbers that nobody else gets. One that is not used leaves a gap, which is allowed
  /// (RFC 9051 §2.3.1.1).
  ///
  /// @param firstUid the next are one higher each
  /// @param firstModseq likewise
  record Numbers(ObjectId mailbox, long firstUid, long firstModseq) {}

  /// Takes so many numbers in a user's INBOX; nothing where there is no such folder.
  Optional<Numbers> take(MongoDatabase database, UserId user, int count) {
    var mailboxes = database.getCollection(Fields.MAILBOXES);
    var known = ids.getIfPresent(user);
    if (known != null) {
      var numbers = take(mailboxes, known, count);
      if (numbers.isPresent()) return numbers;
      ids.invalidate(user);
    }
    return find(mailboxes, user)
        .flatMap(id -> {
          ids.put(user, id);
          return take(mailboxes, id, count);
        });
  }

  private static Optional<ObjectId> find(MongoCollection<Document> mailboxes, UserId user) {
    var inbox = and(eq("user", Fields.id(user)), eq("path", MailboxReader.INBOX));
    return Optional.ofNullable(mailboxes.find(inbox).projection(Projections.include("_id")).first())
        .map(found -> found.getObjectId("_id"));
  }

  private static Optional<Numbers> take(
      MongoCollection<Document> mailboxes, ObjectId id, int count) {
    var before =
        mailboxes.findOneAndUpdate(
            eq("_id", id),
            Updates.combine(Updates.inc("uidNext", count), Updates.inc("modifyIndex", count)),
            new FindOneAndUpdateOptions()
                .returnDocument(ReturnDocument.BEFORE)
                .projection(Projections.include("uidNext", "modifyIndex")));
    return Optional.ofNullable(before)
        .map(inbox ->
            new Numbers(
                id, Fields.number(inbox, "uidNext"), Fields.number(inbox, "modifyIndex") + 1));
  }
}
