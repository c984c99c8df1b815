package io.posthouse.storage.wildduck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mongo.MongoMailboxStore;
import io.posthouse.wildduck.ImapClient;
import io.posthouse.wildduck.PopClient;
import io.posthouse.wildduck.WildDuck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// Mailboxes that we fill and the shared WildDuck serves.
final class ServedMailboxes implements AutoCloseable {
  private static final String PASSWORD = "correct horse";
  private static final AtomicInteger USERS = new AtomicInteger();

  final WildDuck wildDuck = WildDuck.shared();
  private final Mongo mongo = Mongo.connect(wildDuck.mongoUri(), wildDuck.database());
  private final MongoMailboxStore store = new MongoMailboxStore(mongo, InstantSource.system());

  /// A user of ours, who can log in at WildDuck.
  record Owner(UserId id, MailAddress address) {}

  Owner addUser() {
    var address = MailAddress.of("reader" + USERS.incrementAndGet() + "@served.example");
    try {
      var created =
          assertInstanceOf(
              Creation.Created.class, new MongoUsers(mongo).create(address, PASSWORD, 0));
      return new Owner(created.user(), address);
    } catch (MongoDown down) {
      throw new AssertionError(down);
    }
  }

  ImapClient imap(Owner owner) {
    return wildDuck.imap(owner.address().toString(), PASSWORD);
  }

  PopClient pop3(Owner owner) {
    return wildDuck.pop3(owner.address().toString(), PASSWORD);
  }

  List<Outcome> store(List<Delivery> batch) {
    return assertInstanceOf(Answer.Answered.class, store.store(batch)).outcomes();
  }

  /// Stores one message, and returns its number.
  long store(Delivery delivery) {
    return assertInstanceOf(Outcome.Stored.class, store(List.of(delivery)).getFirst()).uid();
  }

  /// The documents of a user's messages in all folders, by number.
  List<Document> messages(Owner owner) {
    return all("messages", of(owner));
  }

  private static Document of(Owner owner) {
    return new Document("user", new ObjectId(owner.id().hex()));
  }

  /// The ids of the bodies that a user's messages keep outside them.
  List<Binary> attachments(Owner owner) {
    return messages(owner).stream()
        .map(message -> message.get("mimeTree", Document.class))
        .flatMap(tree -> tree.get("attachmentMap", Document.class).values().stream())
        .map(Binary.class::cast)
        .toList();
  }

  /// Asserts that a body is counted for so many messages, which must be all that the user has and
  /// had.
  void assertCounted(Binary file, Owner owner, int messages) {
    var found = all("attachments.files", new Document("_id", file)).getFirst();
    var metadata = found.get("metadata", Document.class);
    var magics =
        Stream.concat(messages(owner).stream(), all("archived", of(owner)).stream())
            .mapToLong(m -> m.get("magic", Number.class).longValue())
            .sum();
    assertEquals(messages, metadata.get("c", Number.class).intValue(), "messages with the body");
    assertEquals(magics, metadata.get("m", Number.class).longValue(), "sum of their magics");
  }

  private List<Document> all(String collection, Document which) {
    return mongo
        .database()
        .getCollection(collection)
        .find(which)
        .sort(new Document("uid", 1))
        .into(new ArrayList<>());
  }

  @Override
  public void close() {
    mongo.close();
  }
}
