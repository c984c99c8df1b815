package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.nin;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.check.Finding;
import io.posthouse.storage.check.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Looks at stored mail and says what is not as it should be. Changes nothing, and may run beside
/// writers: what they are about to finish is not found fault with. Holds one message at a time.
public final class MongoInspector {
  /// How long after a message its journal entry may come, and how long it surely lies.
  private static final Duration BEING_STORED = Duration.ofMinutes(1);

  private static final Duration JOURNAL_KEPT = Duration.ofHours(2);

  private final Mongo mongo;
  private final InstantSource clock;

  public MongoInspector(Mongo mongo, InstantSource clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  /// Looks at everything of one user.
  ///
  /// @return messages looked at
  public long inspect(UserId user, Consumer<Finding> found) throws MongoDown {
    return mongo.ask(db -> {
      var folders = folders(db, user);
      var messages = 0L;
      for (var folder : folders) messages += inspect(db, folder, found);
      strays(db, user, folders, found);
      new QuotaCount(db, clock.instant())
          .of(user)
          .filter(count -> !count.isChanging() && count.used() != count.sum())
          .ifPresent(count ->
              found.accept(
                  new Finding(
                      Kind.QUOTA,
                      "",
                      "storageUsed is " + count.used() + " (expected: " + count.sum() + ")")));
      return messages;
    });
  }

  /// Looks at the counts of all attachments, which needs a look at all messages of all users.
  public void inspectAttachments(Consumer<Finding> found) throws MongoDown {
    mongo.ask(db -> {
      new AttachmentCounts(db, clock.instant())
          .wrong(count ->
              found.accept(
                  new Finding(
                      Kind.ATTACHMENT,
                      count.hash(),
                      "counts " + count.stored() + " (expected: " + count.counted() + ")")));
      return true;
    });
  }

  private static List<Document> folders(MongoDatabase db, UserId user) {
    return db.getCollection(Fields.MAILBOXES)
        .find(eq("user", Fields.id(user)))
        .sort(Sorts.ascending("path"))
        .into(new ArrayList<>());
  }

  private long inspect(MongoDatabase db, Document folder, Consumer<Finding> found) {
    var path = folder.getString("path");
    var small =
        Projections.include(
            "mailbox",
            "uid",
            "modseq",
            "flags",
            "unseen",
            "flagged",
            "undeleted",
            "draft",
            "searchable",
            "idate");
    var before = 0L;
    var messages = 0L;
    for (var message :
        db.getCollection(Fields.MESSAGES)
            .find(eq("mailbox", folder.getObjectId("_id")))
            .sort(Sorts.ascending("uid"))
            .projection(small)) {
      var where = path + " " + message.get("uid");
      Consumer<String> number = what -> found.accept(new Finding(Kind.NUMBER, where, what));
      numbers(folder, message, before, number);
      flags(message).forEach(what -> found.accept(new Finding(Kind.FLAGS, where, what)));
      journal(db, message, what -> found.accept(new Finding(Kind.JOURNAL, where, what)));
      new MessageProof(db, message.getObjectId("_id"))
          .fault()
          .ifPresent(what -> found.accept(new Finding(Kind.MESSAGE, where, what)));
      before = Fields.number(message, "uid");
      messages++;
    }
    return messages;
  }

  private static void numbers(
      Document folder, Document message, long before, Consumer<String> found) {
    var uid = Fields.number(message, "uid");
    if (uid <= before) found.accept("uid " + uid + " is there twice");
    var next = Fields.number(folder, "uidNext");
    if (uid >= next)
      found.accept("uid " + uid + " (expected: below uidNext, which is " + next + ")");
    var modseq = Fields.number(message, "modseq");
    var highest = Fields.number(folder, "modifyIndex");
    if (modseq > highest)
      found.accept(
          "modseq " + modseq + " (expected: at most modifyIndex, which is " + highest + ")");
  }

  private static List<String> flags(Document message) {
    var wrong = new ArrayList<String>();
    var flags = message.getList("flags", String.class, List.of());
    compare(message, "unseen", !flags.contains("\\Seen"), wrong);
    compare(message, "flagged", flags.contains("\\Flagged"), wrong);
    compare(message, "undeleted", !flags.contains("\\Deleted"), wrong);
    compare(message, "draft", flags.contains("\\Draft"), wrong);
    compare(message, "searchable", !flags.contains("\\Deleted"), wrong);
    return wrong;
  }

  private static void compare(
      Document message, String field, boolean expected, List<String> wrong) {
    var is = message.getBoolean(field, false);
    if (is != expected) wrong.add(field + " is " + is + " (expected: " + expected + ", by flags)");
  }

  private void journal(MongoDatabase db, Document message, Consumer<String> found) {
    Instant now = clock.instant();
    if (!(message.get("idate") instanceof Date idate)) return;
    var at = idate.toInstant();
    if (at.isAfter(now.minus(BEING_STORED)) || at.isBefore(now.minus(JOURNAL_KEPT))) return;
    // The journal has no index over messages, but one over the numbers of a folder.
    var entry =
        Filters.and(
            eq("mailbox", message.getObjectId("mailbox")),
            eq("message", message.getObjectId("_id")));
    if (db.getCollection(Fields.JOURNAL).find(entry).first() == null)
      found.accept("not in the journal");
  }

  private static void strays(
      MongoDatabase db, UserId user, List<Document> folders, Consumer<Finding> found) {
    List<ObjectId> ids = folders.stream().map(folder -> folder.getObjectId("_id")).toList();
    var strays =
        db.getCollection(Fields.MESSAGES)
            .countDocuments(Filters.and(eq("user", Fields.id(user)), nin("mailbox", ids)));
    if (strays > 0)
      found.accept(
          new Finding(Kind.NUMBER, "", strays + " messages in folders that are not there"));
  }
}
