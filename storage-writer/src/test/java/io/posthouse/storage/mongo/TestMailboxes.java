package io.posthouse.storage.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.storage.crypt.OnFailure;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Listeners;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.Receipts;
import io.posthouse.storage.mime.Conversation;
import io.posthouse.storage.mime.LaidOut;
import io.posthouse.telemetry.Events;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Mailboxes in a database of their own on the shared server.
final class TestMailboxes implements AutoCloseable {
  private static final AtomicInteger USERS = new AtomicInteger();

  private final Class<?> test;
  private final Mongo mongo;
  private final MongoMailboxStore store;

  TestMailboxes(Class<?> test) {
    this.test = test;
    this.mongo = Mongo.connect(TestMongo.shared().uri(), TestMongo.shared().freshDatabase(test));
    this.store = new MongoMailboxStore(mongo, InstantSource.system());
  }

  /// A store whose database nobody serves.
  static MongoMailboxStore unreachable() {
    var nowhere = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50";
    return new MongoMailboxStore(Mongo.connect(nowhere, "none"), InstantSource.system());
  }

  MongoMailboxStore store() {
    return store;
  }

  MongoMailboxStore store(OnFailure onFailure, Events events) {
    var atRest = new AtRest(onFailure, events);
    return new MongoMailboxStore(mongo, Listeners.NONE, atRest, events, InstantSource.system());
  }

  /// Changes a field of a user's document, as WildDuck does.
  void set(UserId user, String field, Object value) {
    mongo
        .database()
        .getCollection(Fields.USERS)
        .updateOne(Filters.eq("_id", Fields.id(user)), Updates.set(field, value));
  }

  /// Changes a field of a user's folder of this path.
  void setInFolder(UserId user, String path, String field, Object value) {
    mongo
        .database()
        .getCollection(Fields.MAILBOXES)
        .updateOne(
            Filters.and(Filters.eq("user", Fields.id(user)), Filters.eq("path", path)),
            Updates.set(field, value));
  }

  Receipts receipts() {
    return new MongoReceipts(mongo);
  }

  MailboxReader reader() {
    return new MongoMailboxReader(mongo);
  }

  MongoMailRemoval removal() {
    return new MongoMailRemoval(mongo, InstantSource.system());
  }

  /// The same, which tells of each step before it.
  MongoMailRemoval removal(Consumer<MongoMailRemoval.Step> before) {
    return new MongoMailRemoval(mongo, InstantSource.system(), before);
  }

  UserId addUser() {
    var address = MailAddress.of("user" + USERS.incrementAndGet() + "@example.test");
    try {
      return ((Creation.Created) new MongoUsers(mongo).create(address, "secret", 0)).user();
    } catch (MongoDown down) {
      throw new AssertionError(down);
    }
  }

  /// A folder of the user's beside the INBOX.
  ObjectId addFolder(UserId user, String path) {
    var id = new ObjectId();
    var folder =
        new Document("_id", id)
            .append("user", Fields.id(user))
            .append("path", path)
            .append("specialUse", null)
            .append("uidValidity", 1)
            .append("uidNext", 1)
            .append("modifyIndex", 1)
            .append("retention", 0);
    mongo.database().getCollection(Fields.MAILBOXES).insertOne(folder);
    return id;
  }

  void setUser(UserId user, String field, Object value) {
    mongo
        .database()
        .getCollection(Fields.USERS)
        .updateOne(new Document("_id", Fields.id(user)), Updates.set(field, value));
  }

  MongoRuleBook rules() {
    return new MongoRuleBook(mongo);
  }

  MongoHandoverLog handoverLog() {
    return new MongoHandoverLog(mongo, InstantSource.system());
  }

  void add(String collection, Document document) {
    mongo.database().getCollection(collection).insertOne(document);
  }

  void dropFolder(ObjectId id) {
    mongo.database().getCollection(Fields.MAILBOXES).deleteOne(new Document("_id", id));
  }

  /// The stored document of a copy.
  Document message(Delivery delivery) {
    var id = new Document("_id", CopyId.of(delivery.key()));
    return Objects.requireNonNull(mongo.database().getCollection(Fields.MESSAGES).find(id).first());
  }

  /// The same mailboxes in another database, as a restored backup is.
  TestMailboxes copy() {
    var copy = new TestMailboxes(test);
    for (var collection : mongo.database().listCollectionNames()) {
      var documents = all(collection);
      if (!documents.isEmpty())
        copy.mongo.database().getCollection(collection).insertMany(documents);
    }
    return copy;
  }

  /// Stores as a process does that is killed on its way.
  void crashBefore(Step fatal, List<Delivery> batch) {
    var dying =
        new MongoMailboxStore(
            mongo,
            Listeners.NONE,
            AtRest.ALWAYS,
            _ -> {},
            InstantSource.system(),
            step -> {
              if (step == fatal) throw new Killed();
            });
    try {
      dying.store(batch);
    } catch (Killed _) {
      return;
    }
    throw new AssertionError("the step " + fatal + " never came");
  }

  long used(UserId user) {
    var document = all(Fields.USERS).stream().filter(u -> Fields.id(user).equals(u.get("_id")));
    return Fields.number(document.findFirst().orElseThrow(), "storageUsed");
  }

  /// Octets of a user's messages as WildDuck counts them.
  long sizes(UserId user) {
    return all(Fields.MESSAGES).stream()
        .filter(m -> Fields.id(user).equals(m.get("user")))
        .mapToLong(m -> Fields.number(m, "size"))
        .sum();
  }

  /// Encrypted messages that are on their way.
  List<Document> ciphertexts() {
    return all(Fields.ENCRYPTED);
  }

  /// By the number of the message.
  List<Document> journal() {
    return all(Fields.JOURNAL).stream()
        .sorted(Comparator.comparingLong(entry -> Fields.number(entry, "uid")))
        .toList();
  }

  /// By the number of the message; for one user at a time.
  List<Document> messages() {
    return all(Fields.MESSAGES).stream()
        .sorted(Comparator.comparingLong(message -> Fields.number(message, "uid")))
        .toList();
  }

  List<Document> threads() {
    return all(Fields.THREADS);
  }

  /// For damage.
  MongoCollection<Document> collection(String name) {
    return mongo.database().getCollection(name);
  }

  MongoInspector inspector(InstantSource clock) {
    return new MongoInspector(mongo, clock);
  }

  MongoRepairs repairs(InstantSource clock, boolean isAsked) {
    return new MongoRepairs(mongo, clock, isAsked);
  }

  MongoIndexes indexes() {
    return new MongoIndexes(mongo);
  }

  /// Adds a thread as WildDuck does.
  void addThread(ObjectId id, UserId user, String subject, List<String> references) {
    mongo
        .database()
        .getCollection(Fields.THREADS)
        .insertOne(
            new Document("_id", id)
                .append("user", Fields.id(user))
                .append("ids", references)
                .append("subject", subject)
                .append("updated", Instant.now()));
  }

  /// The references of a message as threads keep them.
  static List<String> references(Delivery delivery) {
    var header = LaidOut.of(delivery.message()).root().header();
    return Conversation.of(header, "").references();
  }

  List<Document> files() {
    return all(Fields.ATTACHMENT_FILES);
  }

  /// Ids of messages that the user's document says are being stored.
  List<ObjectId> counted(UserId user) {
    var document = all(Fields.USERS).stream().filter(u -> Fields.id(user).equals(u.get("_id")));
    return document
        .findFirst()
        .orElseThrow()
        .get("posthouse", Document.class)
        .getList("counted", ObjectId.class);
  }

  /// Deletes all of a user's messages, as WildDuck does in the end.
  void deleteMessages(UserId user) {
    mongo
        .database()
        .getCollection(Fields.MESSAGES)
        .deleteMany(new Document("user", Fields.id(user)));
  }

  void dropFolders(UserId user) {
    mongo
        .database()
        .getCollection(Fields.MAILBOXES)
        .deleteMany(new Document("user", Fields.id(user)));
  }

  @Override
  public void close() {
    mongo.close();
  }

  /// Everything in a collection.
  List<Document> all(String collection) {
    var found = mongo.database().getCollection(collection).find();
    return new ArrayList<>(StreamSupport.stream(found.spliterator(), false).toList());
  }

  private static final class Killed extends RuntimeException {}
}
