package io.posthouse.storage.wildduck;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.embedded.WildDuckMongo;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mongo.MongoMailboxStore;
import io.posthouse.wildduck.WildDuck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;

/// Users who are in two databases, so that WildDuck stores their mail in one and we in the other.
final class Twins implements AutoCloseable {
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final String ITS = "its";
  private static final String OURS = "ours";

  /// What a user consists of, and the field that names the user.
  private static final List<List<String>> USER =
      List.of(List.of("users", "_id"), List.of("addresses", "user"), List.of("mailboxes", "user"));

  private final EmbeddedMongo server = WildDuckMongo.inMemory();
  private final WildDuck wildDuck = WildDuck.start(server.uri(), ITS);
  private final Mongo its = Mongo.connect(server.uri(), ITS);
  private final Mongo ours = Mongo.connect(server.uri(), OURS);
  private final MongoMailboxStore store = new MongoMailboxStore(ours, InstantSource.system());

  /// What both made of one user's mail.
  record Mailboxes(Snapshot its, Snapshot ours) {}

  /// Has the same messages stored by both, in their order, for a user of their own.
  Mailboxes store(List<Octets> contents) {
    forgetAttachments();
    var address = MailAddress.of("twin" + USERS.incrementAndGet() + "@twins.example");
    var user = create(address);
    try (var lmtp = wildDuck.lmtp()) {
      for (var content : contents)
        lmtp.deliver(
            "sender@example.com", address.toString(), content.text(StandardCharsets.ISO_8859_1));
    }
    var to = new Recipient(address, new Destination.Local(user));
    var batch = contents.stream().map(content -> delivery(to, content)).toList();
    assertInstanceOf(Answer.Answered.class, store.store(batch));
    return new Mailboxes(Snapshot.of(its.database(), user), Snapshot.of(ours.database(), user));
  }

  /// Bodies that others' messages have are not stored again, and are described as theirs.
  private void forgetAttachments() {
    for (var mongo : List.of(its, ours))
      for (var collection : List.of("attachments.files", "attachments.chunks"))
        mongo.database().getCollection(collection).deleteMany(new Document());
  }

  private UserId create(MailAddress address) {
    try {
      var created = new MongoUsers(its).create(address, "correct horse", 0);
      var user = assertInstanceOf(Creation.Created.class, created).user();
      USER.forEach(each -> copy(each.getFirst(), each.getLast(), user));
      return user;
    } catch (MongoDown down) {
      throw new AssertionError(down);
    }
  }

  private void copy(String collection, String field, UserId user) {
    its.database()
        .getCollection(collection)
        .find(new Document(field, Snapshot.id(user)))
        .forEach(ours.database().getCollection(collection)::insertOne);
  }

  /// With the two lines of the final delivery that WildDuck prepends too, and no trace.
  private static Delivery delivery(Recipient to, Octets content) {
    var sample = Samples.message(to);
    var envelope =
        Envelope.accepted(
            sample.queueId(),
            sample.reversePath(),
            sample.returnTo(),
            sample.recipients(),
            MailParameters.NONE,
            sample.client(),
            sample.arrived(),
            Octets.EMPTY,
            new Content.Inline(content));
    try {
      return Delivery.of(envelope, content.input()).getFirst();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  @Override
  public void close() {
    wildDuck.close();
    its.close();
    ours.close();
    server.close();
  }
}
