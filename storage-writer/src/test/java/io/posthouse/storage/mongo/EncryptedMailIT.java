package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.UserId;
import io.posthouse.message.Digests;
import io.posthouse.message.Octets;
import io.posthouse.storage.crypt.OnFailure;
import io.posthouse.storage.crypt.TestKeys;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mailbox.Placement;
import io.posthouse.telemetry.MailEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EncryptedMailIT {
  private static final OpenPGPKey KEY = TestKeys.curve25519();
  private static final String SECRET = "Subject: hello\r\n\r\nthe secret\r\n";
  private static final String ENTITY = "Content-Type: text/plain\r\n\r\nthe secret\r\n";

  private final TestMailboxes mailboxes = new TestMailboxes(getClass());

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Test
  void mail_of_a_user_who_wants_it_lies_encrypted_and_is_proved_by_its_hash() throws IOException {
    var delivery = Deliveries.to(alice(), SECRET);
    answered(delivery);
    var raw = raw(delivery);
    assertEquals(ENTITY, TestKeys.decrypted(KEY, latin1(raw)));
    assertTrue(latin1(raw).contains("\r\nSubject: hello\r\n"));
    var ours = mailboxes.message(delivery).get("posthouse", Document.class);
    assertArrayEquals(Digests.sha256().digest(raw), ours.get("sha256", Binary.class).getData());
    assertFalse(mailboxes.message(delivery).toJson().contains("secret"));
    assertEquals(List.of(), mailboxes.ciphertexts());
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void a_crash_before_any_step_leaves_nothing_that_storing_again_does_not_make_good(Step step)
      throws IOException {
    var alice = alice();
    var bob = mailboxes.addUser();
    var batch =
        List.of(
            Deliveries.to(alice, SECRET),
            Deliveries.to(bob, SECRET),
            Deliveries.to(alice, "Subject: second\r\n\r\nthe other\r\n"));

    mailboxes.crashBefore(step, batch);
    mailboxes.crashBefore(step, batch);
    answered(batch.get(2));
    answered(batch.toArray(Delivery[]::new));

    assertEquals(ENTITY, TestKeys.decrypted(KEY, latin1(raw(batch.getFirst()))));
    assertArrayEquals(batch.get(1).message().toArray(), raw(batch.get(1)));
    assertEquals(2, mailboxes.reader().list(alice, "INBOX").size());
    assertEquals(mailboxes.sizes(alice), mailboxes.used(alice));
    assertEquals(mailboxes.sizes(bob), mailboxes.used(bob));
    assertEquals(List.of(), mailboxes.ciphertexts());
    // The part "Version: 1" is the same in both; each has its own encrypted octets.
    assertEquals(Set.of(1L, 2L), counts());
    assertEquals(3, mailboxes.files().size());
  }

  @Test
  void what_a_batch_that_broke_off_encrypted_is_stored_as_it_was_though_the_key_has_changed()
      throws IOException {
    var alice = alice();
    var delivery = Deliveries.to(alice, SECRET);
    mailboxes.crashBefore(Step.INSERT, List.of(delivery));
    mailboxes.set(alice, "pubKey", TestKeys.armoured(TestKeys.curve25519()));
    answered(delivery);
    assertEquals(ENTITY, TestKeys.decrypted(KEY, latin1(raw(delivery))));
    assertEquals(mailboxes.sizes(alice), mailboxes.used(alice));
  }

  @Test
  void a_message_of_fifty_megabytes_comes_out_as_it_went_in_though_it_broke_off()
      throws IOException {
    var octets = new byte[37 << 20];
    new Random(50).nextBytes(octets);
    var body = Base64.getMimeEncoder().encodeToString(octets);
    var delivery = Deliveries.to(alice(), "Subject: long\r\n\r\n" + body);
    mailboxes.crashBefore(Step.INSERT, List.of(delivery));
    answered(delivery);
    assertEquals(
        "Content-Type: text/plain\r\n\r\n" + body, TestKeys.decrypted(KEY, latin1(raw(delivery))));
    assertEquals(List.of(), mailboxes.ciphertexts());
  }

  @Test
  void what_its_sender_has_encrypted_is_stored_as_it_came() throws IOException {
    var delivery =
        Deliveries.to(
            alice(),
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIIx\r\n");
    answered(delivery);
    assertArrayEquals(delivery.message().toArray(), raw(delivery));
  }

  @Test
  void where_no_key_works_the_message_is_refused_and_nothing_of_it_is_stored() {
    var alice = alice();
    mailboxes.set(alice, "pubKey", "my key");
    var delivery = Deliveries.to(alice, SECRET);
    assertEquals(
        List.of(new Outcome.Refused("cannot be encrypted: OpenPGP: there is no public key")),
        answered(delivery));
    assertEquals(0, mailboxes.used(alice));
    assertEquals(List.of(), mailboxes.messages());
    // The dead letter is tried again when the user has a key that works.
    mailboxes.set(alice, "pubKey", TestKeys.armoured(KEY));
    assertInstanceOf(Outcome.Stored.class, answered(delivery).getFirst());
  }

  @Test
  void where_no_key_works_an_operator_may_prefer_it_readable_and_is_told() throws IOException {
    var alice = alice();
    mailboxes.set(alice, "pubKey", "my key");
    var delivery = Deliveries.to(alice, SECRET);
    var told = new ArrayList<MailEvent>();
    answered(mailboxes.store(OnFailure.CLEAR, told::add), delivery);
    assertArrayEquals(delivery.message().toArray(), raw(delivery));
    assertEquals(
        List.of(
            new MailEvent.NotEncrypted(
                delivery.envelope().queueId(), alice, "OpenPGP: there is no public key")),
        told);
  }

  @Test
  void a_user_without_keys_gets_mail_as_it_came_whatever_the_switch_says() throws IOException {
    var user = mailboxes.addUser();
    mailboxes.set(user, "encryptMessages", true);
    mailboxes.set(user, "pubKey", "");
    var delivery = Deliveries.to(user, SECRET);
    answered(delivery);
    assertArrayEquals(delivery.message().toArray(), raw(delivery));
  }

  @Test
  void a_folder_may_want_it_where_its_user_does_not() throws IOException {
    var user = alice();
    mailboxes.set(user, "encryptMessages", false);
    var folder = mailboxes.addFolder(user, "Secret");
    mailboxes.setInFolder(user, "Secret", "encryptMessages", true);
    var secret = Deliveries.to(user, SECRET).placed(in(folder.toHexString()));
    var other = Deliveries.to(user, SECRET);
    answered(secret, other);
    assertEquals(
        ENTITY, TestKeys.decrypted(KEY, latin1(raw(secret, "Secret", mailboxes.message(secret)))));
    assertArrayEquals(other.message().toArray(), raw(other));
  }

  @Test
  void a_folder_that_is_gone_is_the_inbox_and_does_as_that_says() throws IOException {
    var user = alice();
    mailboxes.set(user, "encryptMessages", false);
    mailboxes.setInFolder(user, "INBOX", "encryptMessages", true);
    var delivery = Deliveries.to(user, SECRET).placed(in("0123456789abcdef01234567"));
    answered(delivery);
    assertEquals(ENTITY, TestKeys.decrypted(KEY, latin1(raw(delivery))));
  }

  private static Placement in(String folder) {
    return new Placement(
        new Placement.Folder.ById(folder), Set.of(), List.of(), List.of(), List.of(), Octets.EMPTY);
  }

  private UserId alice() {
    var user = mailboxes.addUser();
    mailboxes.set(user, "encryptMessages", true);
    mailboxes.set(user, "pubKey", TestKeys.armoured(KEY));
    return user;
  }

  private List<Outcome> answered(Delivery... batch) {
    return answered(mailboxes.store(), batch);
  }

  private static List<Outcome> answered(MailboxStore store, Delivery... batch) {
    return assertInstanceOf(Answer.Answered.class, store.store(List.of(batch))).outcomes();
  }

  private Set<Long> counts() {
    return Set.copyOf(
        mailboxes.files().stream()
            .map(file -> Fields.number(file.get("metadata", Document.class), "c"))
            .toList());
  }

  private byte[] raw(Delivery delivery) throws IOException {
    return raw(delivery, "INBOX", mailboxes.message(delivery));
  }

  private byte[] raw(Delivery delivery, String folder, Document message) throws IOException {
    var raw = new ByteArrayOutputStream();
    var uid = Fields.number(message, "uid");
    assertTrue(mailboxes.reader().writeRaw(delivery.user(), folder, uid, raw));
    return raw.toByteArray();
  }

  private static String latin1(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
