package io.posthouse.storage;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.TestMongo;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.telemetry.ForwardResult;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.SortedTo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What users want, from a real queue into a real database and back into the queue.
final class RulesIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String TO_USER = "From: a@example.com\r\nTo: user1@example.test\r\n";

  private final StorageRig rig =
      new StorageRig(
          getClass(), TestMongo.shared().uri(), TestMongo.shared().freshDatabase(getClass()));
  private final UserId user = rig.addUser();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_message_replayed_is_stored_forwarded_and_answered_once() throws IOException {
    set("targets", List.of(target("mail", "robert@example.net"), target("http", "http://x/")));
    set("autoreply", true);
    add("autoreplies", new Document("status", true).append("text", "Away"));
    rig.start();
    var message = message(TO_USER + "Subject: hello\r\n\r\nHi\r\n");
    for (int i = 0; i < 3; i++) put(message);
    await().atMost(LONG).until(() -> rig.stored() == 3);
    await().atMost(LONG).until(() -> count(MailEvent.AutoReplied.class) == 1);
    // What comes later shows that what came before is done with.
    put(message(TO_USER + "Subject: last\r\n\r\n"));
    await().atMost(LONG).until(() -> forwarded(ForwardResult.UNSUPPORTED) == 2);

    assertEquals(2, count(MailEvent.Unsupported.class));
    assertEquals(2, rig.reader().list(user, "INBOX").size());
    assertEquals(2, forwarded(ForwardResult.SENT));
    assertEquals(1, count(MailEvent.AutoReplied.class));
    var stored = stored(message);
    var forward = forward();
    assertEquals(List.of(forward.text()), stored.get("outbound"));
    assertEquals(2, stored.getList("forwardTargets", Document.class).size());
  }

  @Test
  void spam_goes_to_junk_and_to_nobody_else() throws IOException {
    set("targets", List.of(target("mail", "robert@example.net")));
    var spam =
        new Document("query", subject("lottery")).append("action", new Document("spam", true));
    add("filters", spam);
    rig.start();
    put(message("Subject: The Lottery\r\n\r\n"));
    await().atMost(LONG).until(() -> rig.stored() == 1);
    assertEquals(1, rig.reader().list(user, "Junk").size());
    assertEquals(0, count(MailEvent.Forwarded.class));
    assertEquals(List.of(SortedTo.JUNK), sorted());
  }

  @Test
  void what_a_filter_deletes_is_forwarded_and_not_stored() throws IOException {
    var action =
        new Document("delete", true)
            .append("targets", List.of(target("mail", "robert@example.net")));
    add("filters", new Document("query", subject("report")).append("action", action));
    rig.start();
    put(message("Subject: report\r\n\r\n"));
    await().atMost(LONG).until(() -> sorted().equals(List.of(SortedTo.NOTHING)));
    assertEquals(1, forwarded(ForwardResult.SENT));
    assertEquals(List.of(), rig.reader().list(user, "INBOX"));
  }

  @Test
  void mail_forwarded_to_a_user_of_ours_lies_in_that_mailbox() throws IOException {
    var other = rig.addUser();
    set("targets", List.of(target("mail", "user2@example.test")));
    rig.start();
    put(message("Subject: for both\r\n\r\n"));
    await().atMost(LONG).until(() -> rig.stored() == 2);
    assertEquals(1, rig.reader().list(user, "INBOX").size());
    assertEquals(1, rig.reader().list(other, "INBOX").size());
  }

  @Test
  void mail_for_an_address_without_a_user_goes_on_to_its_targets() throws IOException {
    var id = new ObjectId();
    rig.mongo
        .database()
        .getCollection("addresses")
        .insertOne(
            new Document("_id", id)
                .append("addrview", "team@example.test")
                .append("address", "team@example.test")
                .append("targets", List.of(target("mail", "user1@example.test"))));
    rig.start();
    var destination = new Destination.Forwarded(new AddressId(id.toHexString()));
    put(
        Samples.message(
            Samples.text("Subject: for the team\r\n\r\n"),
            new Recipient(MailAddress.of("team@example.test"), destination)));
    await().atMost(LONG).until(() -> rig.stored() == 1);
    assertEquals(1, rig.reader().list(user, "INBOX").size());
    await().atMost(LONG).until(() -> forwarded(ForwardResult.SENT) == 1);
  }

  @Test
  void mail_for_an_address_without_a_user_is_answered_from_it_once() {
    var id = new ObjectId();
    var reply = new Document("status", true).append("text", "We are away").append("name", "Team");
    rig.mongo
        .database()
        .getCollection("addresses")
        .insertOne(
            new Document("_id", id)
                .append("addrview", "team@example.test")
                .append("address", "team@example.test")
                .append("autoreply", reply)
                .append("targets", List.of(target("mail", "user1@example.test"))));
    rig.start();
    var destination = new Destination.Forwarded(new AddressId(id.toHexString()));
    var message =
        Samples.message(
            Samples.text("From: a@example.com\r\nTo: team@example.test\r\n\r\n"),
            new Recipient(MailAddress.of("team@example.test"), destination));
    put(message);
    put(message);
    put(Samples.from(new ReversePath.Null(), message));
    await().atMost(LONG).until(() -> rig.stored() >= 1);
    await().atMost(LONG).until(() -> count(MailEvent.AutoReplied.class) == 1);
    rig.stop();
    assertEquals(1, count(MailEvent.AutoReplied.class));
    assertEquals(1, forwarded(ForwardResult.SENT));
    var answered =
        rig.events.stream()
            .filter(MailEvent.AutoReplied.class::isInstance)
            .map(MailEvent.AutoReplied.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(Optional.empty(), answered.user());
    assertEquals(message.queueId(), answered.queueId());
  }

  @Test
  void a_sender_is_answered_once_in_a_while_and_nobody_is_never() {
    set("autoreply", true);
    add("autoreplies", new Document("status", true).append("text", "Away"));
    rig.start();
    put(Samples.from(new ReversePath.Null(), message(TO_USER + "Subject: 1\r\n\r\n")));
    put(message(TO_USER + "Auto-Submitted: auto-generated\r\n\r\n"));
    for (int i = 0; i < 3; i++) put(message(TO_USER + "Subject: " + i + "\r\n\r\n"));
    await().atMost(LONG).until(() -> rig.stored() == 5);
    await().atMost(LONG).until(() -> count(MailEvent.AutoReplied.class) == 1);
    rig.stop();
    assertEquals(1, count(MailEvent.AutoReplied.class));
  }

  private static Document subject(String text) {
    return new Document("headers", new Document("subject", text));
  }

  private static Document target(String type, String value) {
    return new Document("type", type).append("value", value);
  }

  private Envelope message(String content) {
    var to = new Recipient(MailAddress.of("user1@example.test"), new Destination.Local(user));
    return Samples.message(Samples.text(content), to);
  }

  private void put(Envelope message) {
    assertInstanceOf(Put.Queued.class, rig.queue.put(message).toCompletableFuture().join());
  }

  private void set(String field, Object value) {
    var id = new Document("_id", new ObjectId(user.hex()));
    rig.mongo.database().getCollection("users").updateOne(id, Updates.set(field, value));
  }

  private void add(String collection, Document document) {
    rig.mongo
        .database()
        .getCollection(collection)
        .insertOne(document.append("user", new ObjectId(user.hex())));
  }

  private Document stored(Envelope message) {
    var found =
        rig.mongo
            .database()
            .getCollection("messages")
            .find(new Document("posthouse.queueId", message.queueId().text()));
    return Optional.ofNullable(found.first()).orElseThrow();
  }

  private QueueId forward() {
    return rig.events.stream()
        .filter(MailEvent.Forwarded.class::isInstance)
        .flatMap(event -> ((MailEvent.Forwarded) event).forward().stream())
        .findFirst()
        .orElseThrow();
  }

  private List<SortedTo> sorted() {
    return rig.events.stream()
        .filter(MailEvent.Sorted.class::isInstance)
        .map(event -> ((MailEvent.Sorted) event).to())
        .toList();
  }

  private long forwarded(ForwardResult result) {
    return rig.events.stream()
        .filter(event -> event instanceof MailEvent.Forwarded f && f.result() == result)
        .count();
  }

  private long count(Class<? extends MailEvent> type) {
    return rig.events.stream().filter(type::isInstance).count();
  }
}
