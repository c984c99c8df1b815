package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Updates;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.mailbox.FolderPath;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/// The folders of a user, for those who have no mail program at hand.
public final class MongoFolders {
  private final Mongo mongo;
  private final InstantSource clock;

  public MongoFolders(Mongo mongo, InstantSource clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  /// A folder and what is in it.
  ///
  /// @param specialUse of RFC 6154, such as `\Junk`; empty for none
  /// @param size octets, as the quota counts them
  /// @param retention how long a message is kept; zero for ever
  public record Folder(
      String path,
      String specialUse,
      long messages,
      long unseen,
      long size,
      long uidNext,
      Duration retention,
      boolean subscribed) {}

  public sealed interface Answer {
    record Done() implements Answer {}

    /// It was so already.
    record AlreadySo() implements Answer {}

    record NoSuchFolder() implements Answer {}

    /// Another folder has the name.
    record Taken(String path) implements Answer {}

    /// INBOX and the folders that mail programs look for keep their place.
    record Fixed() implements Answer {}

    /// There is something in it: messages, or another folder.
    record NotEmpty(String what) implements Answer {}
  }

  /// All folders of a user by their names.
  public List<Folder> list(UserId user) throws MongoDown {
    return mongo.ask(db -> {
      var contents = contents(db, user);
      return folders(db)
          .find(eq("user", Fields.id(user)))
          .sort(new Document("path", 1))
          .map(found -> folder(found, contents))
          .into(new ArrayList<>());
    });
  }

  /// Makes an empty folder.
  public Answer create(UserId user, FolderPath path) throws MongoDown {
    var folder =
        new Document("user", Fields.id(user))
            .append("path", path.text())
            .append("specialUse", null)
            .append("uidValidity", clock.instant().getEpochSecond())
            .append("uidNext", 1)
            .append("modifyIndex", 1)
            .append("subscribed", true)
            .append("flags", List.of())
            .append("retention", 0L);
    return mongo.ask(db -> {
      try {
        folders(db).insertOne(folder);
        return new Answer.Done();
      } catch (MongoWriteException e) {
        if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) throw e;
        return new Answer.AlreadySo();
      }
    });
  }

  /// Gives a folder, and those below it, another name. What breaks off is finished by doing it
  /// again.
  public Answer rename(UserId user, FolderPath from, FolderPath to) throws MongoDown {
    return mongo.ask(db -> {
      var folder = find(db, user, from);
      if (folder.isEmpty()) return new Answer.NoSuchFolder();
      if (isFixed(folder.get())) return new Answer.Fixed();
      if (to.text().startsWith(from.text() + "/")) return new Answer.Taken(from.text());
      var taken = folders(db).find(and(eq("user", Fields.id(user)), eq("path", to.text()))).first();
      if (taken != null) return new Answer.Taken(to.text());
      return rename(db, user, from, to);
    });
  }

  /// How long messages are kept that are stored in it from now on; zero for ever.
  public Answer keep(UserId user, FolderPath path, Duration retention) throws MongoDown {
    return mongo.ask(db -> {
      var change = Updates.set("retention", retention.toMillis());
      var done = folders(db).updateOne(named(user, path), change);
      return done.getMatchedCount() == 1 ? new Answer.Done() : new Answer.NoSuchFolder();
    });
  }

  /// Whether a folder may be removed once its messages are.
  public Answer removable(UserId user, FolderPath path) throws MongoDown {
    return mongo.ask(db -> {
      var folder = find(db, user, path);
      if (folder.isEmpty()) return new Answer.NoSuchFolder();
      if (isFixed(folder.get())) return new Answer.Fixed();
      var below = below(db, user, path);
      if (!below.isEmpty())
        return new Answer.NotEmpty("the folder " + below.getFirst().getString("path"));
      return new Answer.Done();
    });
  }

  /// Removes a folder in which there is nothing.
  public Answer remove(UserId user, FolderPath path) throws MongoDown {
    var removable = removable(user, path);
    if (!(removable instanceof Answer.Done)) return removable;
    return mongo.ask(db -> {
      var folder = find(db, user, path);
      if (folder.isEmpty()) return new Answer.NoSuchFolder();
      var id = folder.get().getObjectId("_id");
      var messages = db.getCollection(Fields.MESSAGES).countDocuments(eq("mailbox", id));
      if (messages > 0) return new Answer.NotEmpty(messages + " messages");
      folders(db).deleteOne(eq("_id", id));
      return new Answer.Done();
    });
  }

  private static Answer rename(MongoDatabase db, UserId user, FolderPath from, FolderPath to) {
    // The folder itself last: as long as it has its old name, all of it can be done again.
    for (var folder : below(db, user, from)) {
      var path = to.text() + folder.getString("path").substring(from.text().length());
      if (!moved(db, folder, path)) return new Answer.Taken(path);
    }
    var folder = find(db, user, from);
    return folder.isEmpty() || moved(db, folder.get(), to.text())
        ? new Answer.Done()
        : new Answer.Taken(to.text());
  }

  private static boolean moved(MongoDatabase db, Document folder, String path) {
    try {
      folders(db).updateOne(eq("_id", folder.getObjectId("_id")), Updates.set("path", path));
      return true;
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) throw e;
      return false;
    }
  }

  private static boolean isFixed(Document folder) {
    return new FolderPath(folder.getString("path")).isInbox()
        || folder.get("specialUse") instanceof String;
  }

  private static Optional<Document> find(MongoDatabase db, UserId user, FolderPath path) {
    return Optional.ofNullable(folders(db).find(named(user, path)).first());
  }

  private static List<Document> below(MongoDatabase db, UserId user, FolderPath path) {
    return folders(db)
        .find(
            and(eq("user", Fields.id(user)), regex("path", "^" + Pattern.quote(path.text() + "/"))))
        .into(new ArrayList<>());
  }

  private static Bson named(UserId user, FolderPath path) {
    return and(eq("user", Fields.id(user)), eq("path", path.text()));
  }

  /// Numbers of messages by folder.
  private record Contents(long messages, long unseen, long size) {}

  private static Map<ObjectId, Contents> contents(MongoDatabase db, UserId user) {
    var contents = new HashMap<ObjectId, Contents>();
    var unseen = count(db, user, eq("unseen", true));
    var messages = count(db, user, new Document());
    messages.forEach((folder, all) ->
        contents.put(
            folder,
            new Contents(
                Fields.number(all, "messages"),
                Fields.number(unseen.getOrDefault(folder, new Document()), "messages"),
                Fields.number(all, "size"))));
    return contents;
  }

  private static Map<ObjectId, Document> count(MongoDatabase db, UserId user, Bson which) {
    var counts = new HashMap<ObjectId, Document>();
    db.getCollection(Fields.MESSAGES)
        .aggregate(
            List.of(
                Aggregates.match(and(eq("user", Fields.id(user)), which)),
                Aggregates.group(
                    "$mailbox",
                    Accumulators.sum("messages", 1),
                    Accumulators.sum("size", "$size"))))
        .forEach(group -> counts.put(group.getObjectId("_id"), group));
    return counts;
  }

  private static Folder folder(Document found, Map<ObjectId, Contents> contents) {
    var within = contents.getOrDefault(found.getObjectId("_id"), new Contents(0, 0, 0));
    return new Folder(
        String.valueOf(found.getString("path")),
        found.get("specialUse") instanceof String use ? use : "",
        within.messages(),
        within.unseen(),
        within.size(),
        Fields.number(found, "uidNext"),
        Duration.ofMillis(Fields.number(found, "retention")),
        found.getBoolean("subscribed", false));
  }

  private static MongoCollection<Document> folders(MongoDatabase db) {
    return db.getCollection(Fields.MAILBOXES);
  }
}
