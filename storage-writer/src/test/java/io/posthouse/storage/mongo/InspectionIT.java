package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.eq;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Updates;
import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.check.Finding;
import io.posthouse.storage.check.Finding.Kind;
import io.posthouse.storage.check.IndexState;
import io.posthouse.storage.check.IndexState.State;
import io.posthouse.storage.check.Mended;
import io.posthouse.storage.check.Mended.Result;
import io.posthouse.storage.mailbox.Deliveries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every kind of damage is done to mail that is sound, and is found.
final class InspectionIT {
  private final Instant now = Instant.now();

  /// When what was stored just now has settled.
  private final InstantSource later = InstantSource.fixed(now.plus(Duration.ofMinutes(90)));

  private final InstantSource nextWeek = InstantSource.fixed(now.plus(Duration.ofDays(7)));

  private final TestMailboxes mailboxes = new TestMailboxes(getClass());
  private UserId user;

  @BeforeEach
  void storeTwo() {
    user = mailboxes.addUser();
    mailboxes
        .store()
        .store(List.of(Deliveries.to(user, mail("one")), Deliveries.to(user, mail("two"))));
  }

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Test
  void nothing_is_wrong_with_what_we_store() throws MongoDown {
    assertEquals(List.of(), findings());
  }

  @Test
  void a_message_that_was_changed_is_no_longer_the_one_that_was_stored() throws MongoDown {
    damage(Fields.MESSAGES, uid(1), Updates.set("mimeTree.header.2", "Subject: forged"));
    damage(Fields.MESSAGES, uid(2), Updates.unset("mimeTree"));
    assertEquals(
        List.of(
            new Finding(
                Kind.MESSAGE,
                "INBOX 1",
                "message: damaged (expected: the octets that were stored)"),
            new Finding(Kind.MESSAGE, "INBOX 2", "has no mimeTree")),
        only(Kind.MESSAGE));
  }

  @Test
  void an_attachment_that_lacks_a_piece_or_is_gone_is_found() throws MongoDown {
    mailboxes.collection(Fields.ATTACHMENT_CHUNKS).deleteMany(new Document());
    assertTrue(only(Kind.MESSAGE).getFirst().what().contains(" has 0 octets (expected: 12)"));
    mailboxes.collection(Fields.ATTACHMENT_FILES).deleteMany(new Document());
    assertTrue(only(Kind.MESSAGE).getFirst().what().endsWith(" is not there"));
  }

  @Test
  void a_message_of_wildducks_makes_as_many_octets_as_it_says() throws MongoDown {
    damage(Fields.MESSAGES, uid(1), Updates.unset(Fields.OURS));
    assertEquals(List.of(), only(Kind.MESSAGE));
    damage(Fields.MESSAGES, uid(1), Updates.inc("size", 1));
    assertTrue(only(Kind.MESSAGE).getFirst().what().startsWith("makes "));
  }

  @Test
  void numbers_are_given_once_and_before_those_to_come() throws MongoDown {
    damage(Fields.MESSAGES, uid(2), Updates.set("uid", 1));
    assertEquals("uid 1 is there twice", only(Kind.NUMBER).getFirst().what());
    damage(
        Fields.MAILBOXES,
        eq("path", "INBOX"),
        Updates.combine(Updates.set("uidNext", 1), Updates.set("modifyIndex", 2)));
    var found = only(Kind.NUMBER).stream().map(Finding::what).toList();
    assertTrue(found.contains("uid 1 (expected: below uidNext, which is 1)"), found::toString);
    assertTrue(
        found.contains("modseq 3 (expected: at most modifyIndex, which is 2)"), found::toString);
  }

  @Test
  void a_message_in_no_folder_is_found() throws MongoDown {
    damage(Fields.MESSAGES, uid(2), Updates.set("mailbox", new ObjectId()));
    assertEquals(
        List.of(new Finding(Kind.NUMBER, "", "1 messages in folders that are not there")),
        only(Kind.NUMBER));
  }

  @Test
  void what_is_searched_for_is_what_the_flags_say() throws MongoDown {
    damage(Fields.MESSAGES, uid(1), Updates.set("flags", List.of("\\Seen", "\\Deleted")));
    assertEquals(
        Set.of("unseen", "undeleted", "searchable"),
        only(Kind.FLAGS).stream()
            .map(found -> found.what().split(" ")[0])
            .collect(Collectors.toSet()));
  }

  @Test
  void mail_that_open_sessions_were_not_told_of_is_found() throws MongoDown {
    mailboxes.collection(Fields.JOURNAL).deleteOne(eq("uid", 2));
    assertEquals(
        List.of(new Finding(Kind.JOURNAL, "INBOX 2", "not in the journal")), only(Kind.JOURNAL));
  }

  @Test
  void a_count_of_octets_is_made_right_once_it_is_asked_for() throws MongoDown {
    var used = mailboxes.used(user);
    damage(Fields.USERS, eq("_id", Fields.id(user)), Updates.inc("storageUsed", 7));
    assertEquals(1, only(Kind.QUOTA).size());
    var expected = new Mended("storageUsed", used + 7 + "", used + "", Result.NOT_ASKED);
    assertEquals(List.of(expected), quota(later, false));
    assertEquals(used + 7, mailboxes.used(user));
    assertEquals(List.of(Result.DONE), quota(later, true).stream().map(Mended::result).toList());
    assertEquals(used, mailboxes.used(user));
    assertEquals(List.of(), quota(later, true));
  }

  @Test
  void a_count_that_a_writer_is_changing_is_left_alone_for_a_day() throws MongoDown {
    var half = Deliveries.to(user, mail("half"));
    mailboxes.crashBefore(Step.INSERT, List.of(half));
    var counted = mailboxes.used(user);
    assertEquals(List.of(), only(Kind.QUOTA));
    assertEquals(List.of(Result.BUSY), quota(later, true).stream().map(Mended::result).toList());
    assertEquals(counted, mailboxes.used(user));
    assertEquals(List.of(Result.DONE), quota(nextWeek, true).stream().map(Mended::result).toList());
    assertEquals(mailboxes.sizes(user), mailboxes.used(user));
    // It comes after all, and is counted then.
    mailboxes.store().store(List.of(half));
    assertEquals(mailboxes.sizes(user), mailboxes.used(user));
  }

  @Test
  void counts_of_attachments_are_made_right_and_those_that_change_are_left_alone()
      throws MongoDown {
    var sound = metadata();
    damage(Fields.ATTACHMENT_FILES, new Document(), Updates.inc("metadata.c", -1));
    assertEquals(1, only(Kind.ATTACHMENT).size());
    assertEquals(List.of(), attachments(InstantSource.fixed(now), true));
    assertEquals(
        List.of(Result.NOT_ASKED), attachments(later, false).stream().map(Mended::result).toList());
    assertEquals(
        List.of(Result.DONE), attachments(later, true).stream().map(Mended::result).toList());
    assertEquals(Fields.number(sound, "c"), Fields.number(metadata(), "c"));
    assertEquals(Fields.number(sound, "m"), Fields.number(metadata(), "m"));
  }

  @Test
  void deleted_mail_that_can_be_restored_still_has_its_attachments() throws MongoDown {
    var message = mailboxes.messages().getFirst();
    mailboxes.collection(Fields.MESSAGES).deleteOne(uid(1));
    mailboxes.collection("archived").insertOne(message);
    assertEquals(List.of(), only(Kind.ATTACHMENT));
  }

  @Test
  void indexes_that_are_missing_are_named_and_made_as_far_as_the_server_makes_them()
      throws MongoDown {
    var states = mailboxes.indexes().create();
    assertTrue(
        states.stream().filter(IndexState::unique).allMatch(IndexState::isThere), states::toString);
    mailboxes.collection(Fields.ATTACHMENT_CHUNKS).drop();
    var missing =
        mailboxes.indexes().list().stream()
            .filter(index -> index.unique() && !index.isThere())
            .toList();
    assertEquals(List.of("{files_id: 1, n: 1}"), missing.stream().map(IndexState::keys).toList());
    var created =
        mailboxes.indexes().create().stream().filter(i -> i.state() == State.CREATED).toList();
    assertEquals(missing.getFirst().keys(), created.getFirst().keys());
  }

  @Test
  void an_index_that_the_server_takes_no_notice_of_is_not_said_to_be_there() throws MongoDown {
    var words =
        mailboxes.indexes().create().stream()
            .filter(index -> index.keys().contains("text"))
            .toList();
    assertEquals(List.of(State.IGNORED), words.stream().map(IndexState::state).toList());
  }

  private List<Finding> findings() throws MongoDown {
    var found = new ArrayList<Finding>();
    var inspector = mailboxes.inspector(later);
    assertTrue(inspector.inspect(user, found::add) > 0);
    inspector.inspectAttachments(found::add);
    return found;
  }

  private List<Finding> only(Kind kind) throws MongoDown {
    return findings().stream().filter(found -> found.kind() == kind).toList();
  }

  private List<Mended> quota(InstantSource clock, boolean isAsked) throws MongoDown {
    var mended = new ArrayList<Mended>();
    mailboxes.repairs(clock, isAsked).quota(user, mended::add);
    return mended;
  }

  private List<Mended> attachments(InstantSource clock, boolean isAsked) throws MongoDown {
    var mended = new ArrayList<Mended>();
    mailboxes.repairs(clock, isAsked).attachments(mended::add);
    return mended;
  }

  private Document metadata() {
    return mailboxes.files().getFirst().get("metadata", Document.class);
  }

  private void damage(String collection, Bson which, Bson damage) {
    mailboxes.collection(collection).updateOne(which, damage);
  }

  private static Bson uid(int uid) {
    return eq("uid", uid);
  }

  private static Octets mail(String subject) {
    return Octets.utf8(
        ("Subject: " + subject + "\n")
            .concat(
                """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                text
                --b
                Content-Type: application/pdf
                Content-Transfer-Encoding: base64

                """)
            .concat(Base64.getEncoder().encodeToString("the body".getBytes(US_ASCII)))
            .concat("\n--b--\n")
            .replace("\n", "\r\n"));
  }
}
