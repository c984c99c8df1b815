package io.posthouse.storage;

import static com.mongodb.client.model.Filters.eq;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Users by the thousand, and everything that is stored of them.
final class ManyMailboxes {
  private static final List<String> QUEUE_ID = List.of("posthouse", "queueId");

  private final MongoDatabase database;
  private final List<UserId> users = new ArrayList<>();

  /// @param like the others are: to hash a password for each would take minutes
  ManyMailboxes(Mongo mongo, UserId like, int users) {
    this.database = mongo.database();
    this.users.add(like);
    var user = database.getCollection("users").find(eq("_id", new ObjectId(like.hex()))).first();
    if (user == null) throw new AssertionError("no user " + like);
    for (int i = 1; i < users; i++) this.users.add(another(user, "like" + i));
  }

  /// One stored message.
  record Message(ObjectId id, ObjectId mailbox, long uid, long modseq, String queueId, long size) {
    private static Message of(Document document) {
      return new Message(
          document.getObjectId("_id"),
          document.getObjectId("mailbox"),
          number(document, "uid"),
          number(document, "modseq"),
          document.getEmbedded(QUEUE_ID, ""),
          number(document, "size"));
    }
  }

  List<UserId> users() {
    return users;
  }

  long count() {
    return database.getCollection("messages").countDocuments();
  }

  /// Oldest first in each mailbox.
  List<Message> messages() {
    return database
        .getCollection("messages")
        .find()
        .projection(Projections.include("mailbox", "uid", "modseq", "size", "posthouse.queueId"))
        .sort(new Document("uid", 1))
        .map(Message::of)
        .into(new ArrayList<>());
  }

  Set<String> queueIds() {
    var messages = messages();
    var ids = messages.stream().map(Message::queueId).collect(toSet());
    assertEquals(messages.size(), ids.size(), "messages that are there twice");
    return ids;
  }

  void assertNumberedWithoutGaps() {
    messages().stream()
        .collect(groupingBy(Message::mailbox))
        .forEach((mailbox, own) -> {
          var expected = LongStream.rangeClosed(1, own.size()).boxed().toList();
          assertEquals(expected, own.stream().map(Message::uid).toList(), mailbox::toString);
          var modseqs = own.stream().map(message -> message.modseq() - own.getFirst().modseq() + 1);
          assertEquals(expected, modseqs.toList(), mailbox::toString);
        });
  }

  /// Numbers that were taken in all mailboxes, less those that a message has.
  long numbersOfNobody() {
    var taken = 0L;
    for (var mailbox : database.getCollection("mailboxes").find())
      taken += number(mailbox, "uidNext") - 1;
    var numbers = messages().stream().map(m -> m.mailbox() + " " + m.uid()).collect(toSet());
    assertEquals(count(), numbers.size(), "messages with a number of their own");
    return taken - numbers.size();
  }

  void assertUsedIsWhatIsStored() {
    var owners =
        database.getCollection("mailboxes").find().into(new ArrayList<>()).stream()
            .collect(toMap(m -> m.getObjectId("_id"), m -> m.getObjectId("user")));
    var stored =
        messages().stream()
            .collect(groupingBy(m -> owners.get(m.mailbox()), summingLong(Message::size)));
    for (var user : database.getCollection("users").find())
      assertEquals(
          stored.getOrDefault(user.getObjectId("_id"), 0L),
          number(user, "storageUsed"),
          user::toJson);
  }

  @Override
  public String toString() {
    return count() + " messages, numbers of nobody: " + numbersOfNobody();
  }

  private UserId another(Document user, String name) {
    var id = new ObjectId();
    var folders =
        database
            .getCollection("mailboxes")
            .find(eq("user", user.getObjectId("_id")))
            .map(folder -> new Document(folder).append("_id", new ObjectId()).append("user", id))
            .into(new ArrayList<>());
    database.getCollection("mailboxes").insertMany(folders);
    database
        .getCollection("users")
        .insertOne(
            new Document(user)
                .append("_id", id)
                .append("username", name)
                .append("unameview", name));
    return new UserId(id.toHexString());
  }

  private static long number(Document document, String field) {
    return document.get(field, Number.class).longValue();
  }
}
