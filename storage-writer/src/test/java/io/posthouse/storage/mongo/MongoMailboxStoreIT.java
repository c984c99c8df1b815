package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.MailboxStore;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mailbox.MailboxStoreContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MongoMailboxStoreIT implements MailboxStoreContract {
  private final TestMailboxes mailboxes = new TestMailboxes(getClass());

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Override
  public MailboxStore store() {
    return mailboxes.store();
  }

  @Override
  public MailboxReader reader() {
    return mailboxes.reader();
  }

  @Override
  public UserId addUser() {
    return mailboxes.addUser();
  }

  @Override
  public long used(UserId user) {
    return mailboxes.used(user);
  }

  @Test
  void who_was_told_of_a_copy_is_remembered_beside_it() throws IOException {
    var delivery = Deliveries.to(addUser(), "Subject: told\r\n\r\nx\r\n");
    var other = Deliveries.to(addUser(), "Subject: told\r\n\r\nx\r\n");
    answered(List.of(delivery, other));
    var receipts = mailboxes.receipts();
    assertFalse(receipts.isTold(delivery.key()));
    receipts.told(delivery.key());
    assertTrue(receipts.isTold(delivery.key()));
    assertFalse(receipts.isTold(other.key()));
    assertInstanceOf(Outcome.AlreadyStored.class, answered(List.of(delivery)).getFirst());
    assertTrue(receipts.isTold(delivery.key()));
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void a_crash_before_any_step_leaves_nothing_that_storing_again_does_not_make_good(Step step)
      throws IOException {
    var alice = addUser();
    var bob = addUser();
    var batch =
        List.of(
            Deliveries.to(alice, withAttachment("pdf")),
            Deliveries.to(alice, "Subject: second\r\n\r\nx\r\n"),
            Deliveries.to(bob, withAttachment("pdf")));

    mailboxes.crashBefore(step, batch);
    // What comes again comes in another order and in other company.
    answered(batch.subList(1, 2));
    answered(List.of(batch.get(2), batch.get(0), Deliveries.to(bob, "Subject: more\r\n\r\n\r\n")));

    assertEquals(2, reader().list(alice, "INBOX").size());
    assertEquals(2, reader().list(bob, "INBOX").size());
    assertEquals(sizes(alice), used(alice));
    assertEquals(sizes(bob), used(bob));
    assertEquals(4, mailboxes.journal().size());
    assertRaw(batch.get(0));
    var file = mailboxes.files().getFirst().get("metadata", Document.class);
    assertEquals(2, Fields.number(file, "c"), "messages with the attachment");
    assertEquals(magics(batch.get(0), batch.get(2)), Fields.number(file, "m"));
    assertEquals(List.of(), file.getList("posthouse", Object.class), "messages being counted");
  }

  @Test
  void numbers_only_grow_whatever_crashes() throws IOException {
    var user = addUser();
    for (var step : Step.values()) {
      mailboxes.crashBefore(step, List.of(Deliveries.to(user, "lost for now")));
      answered(List.of(Deliveries.to(user, "x")));
    }
    var uids = reader().list(user, "INBOX").stream().map(e -> e.uid()).toList();
    assertEquals(uids.stream().sorted().distinct().toList(), uids);
    var modseqs = mailboxes.journal().stream().map(e -> Fields.number(e, "modseq")).toList();
    assertEquals(modseqs.stream().sorted().distinct().toList(), modseqs);
  }

  @Test
  void a_message_its_user_has_deleted_does_not_come_back() throws IOException {
    var user = addUser();
    var deleted = Deliveries.to(user, "Subject: unwanted\r\n\r\n");
    answered(List.of(deleted));
    mailboxes.deleteMessages(user);
    assertEquals(List.of(new Outcome.AlreadyStored("INBOX", 1)), answered(List.of(deleted)));
    assertEquals(List.of(), reader().list(user, "INBOX"));
  }

  @Test
  void what_is_remembered_of_a_batch_does_not_grow_with_the_mail() {
    var user = addUser();
    for (int i = 0; i < 20; i++) {
      answered(List.of(Deliveries.to(user, "x")));
      mailboxes.deleteMessages(user);
    }
    assertEquals(1, mailboxes.counted(user).size());
  }

  @Test
  void one_attachment_of_many_messages_is_kept_once() throws IOException {
    var user = addUser();
    var first = Deliveries.to(user, withAttachment("same"));
    var second = Deliveries.to(user, withAttachment("same"));
    answered(List.of(first, second));
    answered(List.of(first));
    assertEquals(1, mailboxes.files().size());
    var file = mailboxes.files().getFirst().get("metadata", Document.class);
    assertEquals(2, Fields.number(file, "c"));
    assertRaw(first);
    assertRaw(second);
  }

  @Test
  void a_message_of_fifty_megabytes_comes_out_as_it_went_in() throws IOException {
    var octets = new byte[37 << 20];
    new Random(50).nextBytes(octets);
    var mime = Base64.getMimeEncoder().encodeToString(octets);
    var delivery = Deliveries.to(addUser(), attachment(mime));
    answered(List.of(delivery));
    assertRaw(delivery);
  }

  @Test
  void text_too_long_for_a_document_is_stored_beside_it() throws IOException {
    var delivery =
        Deliveries.to(addUser(), "Subject: long\r\n\r\n" + "0123456789\r\n".repeat(2_000_000));
    answered(List.of(delivery));
    assertRaw(delivery);
  }

  @Test
  void a_message_of_a_user_without_folders_is_refused_and_counts_nothing() throws IOException {
    var user = addUser();
    mailboxes.dropFolders(user);
    var delivery = Deliveries.to(user, "x");
    assertInstanceOf(Outcome.Refused.class, answered(List.of(delivery)).getFirst());
    assertEquals(0, used(user));
  }

  @Test
  void while_the_database_is_down_it_says_so_and_nothing_else() {
    var user = addUser();
    var answer = TestMailboxes.unreachable().store(List.of(Deliveries.to(user, "x")));
    assertInstanceOf(Answer.Unavailable.class, answer);
  }

  private List<Outcome> answered(List<Delivery> batch) {
    return assertInstanceOf(Answer.Answered.class, store().store(batch)).outcomes();
  }

  private long sizes(UserId user) throws IOException {
    return mailboxes.sizes(user);
  }

  private static long magics(Delivery... deliveries) {
    var sum = 0L;
    for (var delivery : deliveries) sum += CopyId.magic(CopyId.of(delivery.key()));
    return sum;
  }

  private void assertRaw(Delivery delivery) throws IOException {
    var entry =
        reader().list(delivery.user(), "INBOX").stream()
            .filter(e -> e.queueId().equals(delivery.envelope().queueId().text()))
            .findFirst()
            .orElseThrow();
    var raw = new ByteArrayOutputStream();
    reader().writeRaw(delivery.user(), "INBOX", entry.uid(), raw);
    assertArrayEquals(delivery.message().toArray(), raw.toByteArray());
  }

  private static Octets withAttachment(String body) {
    return attachment(Base64.getEncoder().encodeToString(Octets.utf8(body).toArray()));
  }

  private static Octets attachment(String base64) {
    return Octets.utf8(
        "Subject: see attached\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nhere\r\n--b\r\nContent-Type: application/pdf\r\n"
            + "Content-Disposition: attachment; filename=a.pdf\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + base64
            + "\r\n--b--\r\n");
  }
}
