package io.posthouse.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import io.posthouse.address.MailAddress;
import io.posthouse.config.HostPort;
import io.posthouse.directory.UserId;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.storage.intake.HandoverSettings;
import io.posthouse.storage.intake.HandoverSettings.Mode;
import io.posthouse.storage.intake.HandoverSettings.Unsupported;
import io.posthouse.storage.intake.StorageSettings;
import io.posthouse.storage.lmtp.LmtpSettings;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.MissingFeature;
import io.posthouse.wildduck.WildDuck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Mail that the real WildDuck has from us by LMTP.
final class HandoverPeerIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String PASSWORD = "correct horse";

  private final WildDuck wildDuck = WildDuck.shared();
  private final StorageRig rig =
      new StorageRig(getClass(), wildDuck.mongoUri(), wildDuck.database());

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void mail_of_a_user_under_audit_is_stored_by_wildduck_with_a_copy_for_the_auditor() {
    var owner = addUser("audited");
    audit(owner);
    rig.start(settings(Mode.MONGODB));
    var message = message(owner, "Subject: watched\r\n\r\nHi\r\n");
    put(message);
    await().atMost(LONG).until(() -> handedOver(message).size() == 1);
    assertEquals(Set.of(MissingFeature.AUDIT), handedOver(message).getFirst().why());
    await().atMost(LONG).until(() -> copies(owner) == 1);
    assertEquals(1, messages(owner).size());
    assertEquals(0, rig.stored());
  }

  @Test
  void a_record_that_is_replayed_is_handed_over_once() {
    var owner = addUser("replayed");
    audit(owner);
    rig.start(settings(Mode.MONGODB));
    // Without a Message-ID, so that WildDuck itself takes it for another message each time.
    var message = message(owner, "Subject: once\r\n\r\nHi\r\n");
    for (int i = 0; i < 3; i++) put(message);
    await().atMost(LONG).until(() -> handedOver(message).size() == 3);
    assertEquals(2, handedOver(message).stream().filter(MailEvent.HandedOver::again).count());
    assertEquals(1, messages(owner).size());
  }

  @Test
  void what_was_taken_before_a_crash_is_found_in_the_mailbox() {
    var owner = addUser("crashed");
    var others = collection("posthouse.stored").distinct("_id", ObjectId.class);
    var ours = new Document("_id", new Document("$nin", others.into(new ArrayList<>())));
    rig.start(settings(Mode.LMTP));
    var message = message(owner, "Subject: taken\r\n\r\nHi\r\n");
    put(message);
    await().atMost(LONG).until(() -> handedOver(message).size() == 1);
    // As if we had died between WildDuck's reply and our own note of it.
    var done = collection("posthouse.stored").findOneAndDelete(ours);
    collection("posthouse.handed").insertOne(Objects.requireNonNull(done));
    put(message);
    await().atMost(LONG).until(() -> handedOver(message).size() == 2);
    assertTrue(handedOver(message).getLast().again());
    assertEquals(1, messages(owner).size());
    assertEquals(0, collection("posthouse.handed").countDocuments());
  }

  @Test
  void mail_that_we_have_stored_is_not_handed_over_and_what_was_handed_over_is_not_stored() {
    var owner = addUser("both");
    rig.start(settings(Mode.MONGODB));
    var ours = message(owner, "Subject: ours\r\n\r\n");
    put(ours);
    await().atMost(LONG).until(() -> rig.stored() == 1);
    rig.stop();
    rig.start(settings(Mode.LMTP));
    put(ours);
    var theirs = message(owner, "Subject: theirs\r\n\r\n");
    put(theirs);
    await().atMost(LONG).until(() -> handedOver(theirs).size() == 1);
    await().atMost(LONG).until(() -> handedOver(ours).size() == 1);
    assertTrue(handedOver(ours).getFirst().again());
    rig.stop();
    rig.start(settings(Mode.MONGODB));
    put(theirs);
    await().atMost(LONG).until(() -> rig.stored() == 2);
    assertEquals(2, messages(owner).size());
  }

  @Test
  void mail_for_an_address_that_wildducks_lmtp_does_not_know_goes_to_its_users_own() {
    var owner = addUser("catchall");
    rig.start(settings(Mode.LMTP));
    var wildcard = MailAddress.of("anything@catch.example");
    var message = message(owner, wildcard, "Subject: caught\r\n\r\n");
    put(message);
    await().atMost(LONG).until(() -> handedOver(message).size() == 1);
    assertEquals(1, messages(owner).size());
  }

  @Test
  void every_octet_goes_over_the_wire_dots_and_all() {
    var owner = addUser("octets");
    rig.start(settings(Mode.LMTP));
    var content = ".Subject: none\r\nSubject: dots\r\n\r\n.\r\n..\r\nbare\nlf\r\n.end\u00e9";
    var message = message(owner, content);
    put(message);
    await().atMost(LONG).until(() -> handedOver(message).size() == 1);
    try (var imap = wildDuck.imap("octets", PASSWORD)) {
      imap.select("INBOX");
      var served = imap.fetch(1, "BODY.PEEK[TEXT]").item("BODY[TEXT]").text();
      var utf8 = new String("\u00e9".getBytes(UTF_8), ISO_8859_1);
      assertEquals(".\r\n..\r\nbare\r\nlf\r\n.end" + utf8 + "\r\n", served);
    }
  }

  private record Owner(UserId id, MailAddress address) {}

  private Owner addUser(String name) {
    var address = MailAddress.of(name + "@handed.example");
    var created =
        wildDuck
            .rest()
            .post(
                "/users",
                new Document("username", name)
                    .append("password", PASSWORD)
                    .append("address", address.toString()));
    return new Owner(new UserId(created.getString("id")), address);
  }

  private void audit(Owner owner) {
    var now = Instant.now();
    var day = Duration.ofDays(1);
    collection("audits")
        .insertOne(
            new Document("user", new ObjectId(owner.id().hex()))
                .append("start", now.minus(day))
                .append("end", now.plus(day))
                .append("expires", now.plus(day)));
  }

  private StorageSettings settings(Mode mode) {
    var byDefault = StorageSettings.DEFAULT;
    var lmtp = new LmtpSettings(new HostPort("127.0.0.1", wildDuck.lmtpPort()), 2);
    return new StorageSettings(
        byDefault.writers(),
        byDefault.batchMessages(),
        byDefault.batchSize(),
        byDefault.encryption(),
        new HandoverSettings(mode, Unsupported.HANDOVER, Optional.of(lmtp)),
        Optional.empty());
  }

  private static Envelope message(Owner to, String content) {
    return message(to, to.address(), content);
  }

  private static Envelope message(Owner to, MailAddress at, String content) {
    var recipient = new Recipient(at, new Destination.Local(to.id()));
    var message = Samples.message(Samples.text(content), recipient);
    return message.preceded(
        Octets.utf8(
            "Received: from client.example.com\r\n\tby test.example (Posthouse) with ESMTP\r\n\tid "
                + message.queueId()
                + ";\r\n\tMon, 2 Mar 2026 08:14:07 +0000\r\n"));
  }

  private void put(Envelope message) {
    assertInstanceOf(Put.Queued.class, rig.queue.put(message).toCompletableFuture().join());
  }

  private List<MailEvent.HandedOver> handedOver(Envelope message) {
    return rig.events.stream()
        .filter(MailEvent.HandedOver.class::isInstance)
        .map(MailEvent.HandedOver.class::cast)
        .filter(event -> event.queueId().equals(message.queueId()))
        .toList();
  }

  private List<Document> messages(Owner of) {
    return collection("messages")
        .find(new Document("user", new ObjectId(of.id().hex())))
        .into(new ArrayList<>());
  }

  /// Copies that an auditor gets.
  private int copies(Owner of) {
    var audit =
        collection("audits").find(new Document("user", new ObjectId(of.id().hex()))).first();
    return Objects.requireNonNull(audit).getInteger("audited", 0);
  }

  private MongoCollection<Document> collection(String name) {
    return rig.mongo.database().getCollection(name);
  }
}
