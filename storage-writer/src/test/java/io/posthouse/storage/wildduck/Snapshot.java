package io.posthouse.storage.wildduck;

import com.mongodb.client.MongoDatabase;
import io.posthouse.directory.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// All that a database holds of one user's mail. Ids that every writer makes anew are replaced by
/// what they refer to, so that two of them can be compared: of a message by its number, of a thread
/// by the number of its first message.
final class Snapshot {
  private final MongoDatabase database;
  private final ObjectId user;
  private final Map<Object, String> names = new HashMap<>();
  private final Map<Object, String> threadNames = new HashMap<>();
  private final List<Document> messages;

  private Snapshot(MongoDatabase database, UserId user) {
    this.database = database;
    this.user = id(user);
    this.messages = find("messages", ofUser(), "uid");
    messages.forEach(this::name);
    messages.forEach(this::complete);
  }

  static Snapshot of(MongoDatabase database, UserId user) {
    return new Snapshot(database, user);
  }

  static ObjectId id(UserId user) {
    return new ObjectId(user.hex());
  }

  /// By number; each with the files of its attachments as `files`.
  List<Document> messages() {
    return messages;
  }

  /// Octets of all messages.
  long size() {
    return messages.stream().mapToLong(m -> m.get("size", Number.class).longValue()).sum();
  }

  long used() {
    return user().get("storageUsed", Number.class).longValue();
  }

  /// Everything but the messages.
  Document around() {
    return new Document("user", user())
        .append("mailboxes", find("mailboxes", ofUser(), "_id"))
        .append("journal", find("journal", ofUser(), "uid").stream().map(this::renamed).toList())
        .append("threads", threads())
        .append("addressregister", register());
  }

  private Document user() {
    return find("users", new Document("_id", user), "_id").getFirst();
  }

  private Document ofUser() {
    return new Document("user", user);
  }

  private List<Document> find(String collection, Document which, String by) {
    return database
        .getCollection(collection)
        .find(which)
        .sort(new Document(by, 1))
        .into(new ArrayList<>());
  }

  private void name(Document message) {
    var uid = message.get("uid", Number.class).longValue();
    names.put(message.get("_id"), "message " + uid);
    threadNames.putIfAbsent(message.get("thread"), "thread of " + uid);
  }

  private void complete(Document message) {
    // One whose sender gave it no date has that of its storing.
    if (Objects.equals(message.get("hdate"), message.get("idate"))) message.append("hdate", "now");
    // Where the text is cut for the index moves with every blank.
    message.append("text", message.get("text", "") + message.get("textFooter", ""));
    message.remove("textFooter");
    message.append("files", files(message));
    renamed(message);
  }

  private Document renamed(Document document) {
    for (var field : List.of("_id", "root", "message"))
      document.computeIfPresent(field, (_, id) -> names.getOrDefault(id, "another"));
    return document.append("thread", threadNames.get(document.get("thread")));
  }

  private List<Document> files(Document message) {
    var tree = message.get("mimeTree", Document.class);
    return tree.get("attachmentMap", Document.class).values().stream().map(this::file).toList();
  }

  private Document file(Object hash) {
    var which = new Document("files_id", hash);
    var chunks = find("attachments.chunks", which, "n").stream();
    return find("attachments.files", new Document("_id", hash), "_id")
        .getFirst()
        .append("chunks", chunks.map(chunk -> chunk.get("data", Binary.class).length()).toList());
  }

  /// By their first messages; those that hold no reference are nobody's but their message's.
  private Document threads() {
    var threads = new Document();
    for (var thread : find("threads", ofUser(), "_id")) {
      var ids = thread.getList("ids", String.class).stream().sorted().toList();
      if (!ids.isEmpty())
        threads.append(threadNames.get(thread.get("_id")), thread.append("ids", ids));
    }
    return threads;
  }

  private Document register() {
    var register = new Document();
    for (var entry : find("addressregister", ofUser(), "_id"))
      register.append(entry.getString("addrview"), entry);
    return register;
  }
}
