package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import io.posthouse.storage.lmtp.HandoverLog.Known;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import java.io.IOException;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MongoHandoverLogIT {
  private final TestMailboxes mailboxes = new TestMailboxes(getClass());
  private final MongoHandoverLog log = mailboxes.handoverLog();
  private final UserId user = mailboxes.addUser();
  private final Delivery copy = copy();

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Test
  void a_copy_is_owed_until_it_was_taken() throws IOException {
    for (int i = 0; i < 2; i++) {
      var owed = assertInstanceOf(Known.Owed.class, log.begin(copy));
      assertTrue(owed.main().orElseThrow().toString().startsWith("user"));
    }
    log.done(copy.key());
    log.done(copy.key());
    assertEquals(new Known.Settled(), log.begin(copy));
    assertEquals(List.of(), mailboxes.all(Fields.HANDED));
  }

  @Test
  void one_that_may_have_been_taken_is_looked_for_in_the_mailbox() throws IOException {
    var _ = log.begin(copy);
    mailboxes.add(Fields.MESSAGES, taken("id " + copy.envelope().queueId(), new ObjectId()));
    assertEquals(new Known.Settled(), log.begin(copy));
    assertEquals(List.of(), mailboxes.all(Fields.HANDED));
    assertEquals(1, mailboxes.all(Fields.STORED).size());
  }

  @Test
  void somebody_elses_message_or_one_of_long_ago_is_not_taken_for_it() throws IOException {
    var _ = log.begin(copy);
    mailboxes.add(Fields.MESSAGES, taken("id " + copy.envelope().queueId(), new ObjectId(0, 1)));
    mailboxes.add(Fields.MESSAGES, taken("id 000000000000000", new ObjectId()));
    var somebodys = taken("id " + copy.envelope().queueId(), new ObjectId());
    mailboxes.add(Fields.MESSAGES, somebodys.append("user", new ObjectId()));
    assertInstanceOf(Known.Owed.class, log.begin(copy));
  }

  @Test
  void what_we_have_stored_is_not_owed_and_what_was_taken_is_not_stored() throws IOException {
    var stored = assertInstanceOf(Answer.Answered.class, mailboxes.store().store(List.of(copy)));
    assertInstanceOf(Outcome.Stored.class, stored.outcomes().getFirst());
    assertEquals(new Known.Settled(), log.begin(copy));

    var other = copy();
    var _ = log.begin(other);
    log.done(other.key());
    var again = assertInstanceOf(Answer.Answered.class, mailboxes.store().store(List.of(other)));
    assertEquals(new Outcome.AlreadyStored("(handed over)", 0), again.outcomes().getFirst());
  }

  @Test
  void what_was_begun_and_never_taken_can_still_be_stored() throws IOException {
    var _ = log.begin(copy);
    var stored = assertInstanceOf(Answer.Answered.class, mailboxes.store().store(List.of(copy)));
    assertInstanceOf(Outcome.Stored.class, stored.outcomes().getFirst());
  }

  @Test
  void a_user_who_was_deleted_is_none() throws IOException {
    var gone = Deliveries.to(new UserId("65f0c0ffee65f0c0ffee0077"), "Subject: x\r\n\r\n");
    assertEquals(new Known.NoSuchUser(), log.begin(gone));
  }

  private Delivery copy() {
    var plain = Deliveries.to(user, "Subject: x\r\n\r\n");
    var lines = Octets.utf8("X-First: 1\r\nReceived: by us\r\n\t" + id(plain) + "\r\n");
    return new Delivery(plain.envelope().preceded(lines), user, plain.message(), plain.placement());
  }

  private static String id(Delivery copy) {
    return "id " + copy.envelope().queueId();
  }

  /// As WildDuck keeps a message.
  private Document taken(String id, ObjectId as) {
    var header =
        List.of("Return-Path: <a@example.com>", "X-First: 1", "Received: by us\r\n\t" + id);
    return new Document("_id", as)
        .append("user", Fields.id(user))
        .append("mimeTree", new Document("header", header));
  }
}
