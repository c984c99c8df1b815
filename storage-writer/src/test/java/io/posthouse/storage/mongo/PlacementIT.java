package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mailbox.Placement;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Placement.Mark;
import io.posthouse.storage.mailbox.Placement.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PlacementIT {
  private static final long A_MONTH = 30 * 86_400_000L;

  private final TestMailboxes mailboxes = new TestMailboxes(getClass());
  private final UserId user = mailboxes.addUser();

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Test
  void junk_is_marked_as_such_and_goes_when_its_folder_says() {
    var junk = delivery(in(new Folder.Junk()));
    assertEquals(new Outcome.Stored("Junk", 1), stored(junk));
    var message = mailboxes.message(junk);
    assertTrue(message.getBoolean("junk"));
    assertTrue(message.getBoolean("exp"));
    assertEquals(A_MONTH, Fields.number(message, "retention"));
    assertEquals(
        A_MONTH + Fields.number(message, "retentionTime"), Fields.number(message, "rdate"));
  }

  @Test
  void what_lies_in_the_inbox_is_kept() {
    var message = stored(delivery(Placement.INBOX), "INBOX");
    assertFalse(message.containsKey("junk"));
    assertFalse(message.getBoolean("exp"));
    assertNull(message.get("rdate"));
  }

  @Test
  void a_folder_is_known_by_its_id_whatever_it_is_called() {
    var folder = mailboxes.addFolder(user, "Lists/Java");
    var message = stored(delivery(in(new Folder.ById(folder.toHexString()))), "Lists/Java");
    assertEquals(folder, message.get("mailbox"));
  }

  @Test
  void where_the_folder_is_gone_or_somebody_elses_it_is_the_inbox() {
    var gone = mailboxes.addFolder(user, "Gone");
    stored(delivery(in(new Folder.ById(gone.toHexString()))), "Gone");
    mailboxes.dropFolder(gone);
    stored(delivery(in(new Folder.ById(gone.toHexString()))), "INBOX");
    var foreign = mailboxes.addFolder(mailboxes.addUser(), "Private");
    stored(delivery(in(new Folder.ById(foreign.toHexString()))), "INBOX");
  }

  @Test
  void messages_of_one_batch_in_several_folders_have_their_folders_numbers() {
    var batch =
        List.of(
            delivery(Placement.INBOX),
            delivery(in(new Folder.Junk())),
            delivery(Placement.INBOX),
            delivery(in(new Folder.Junk())));
    assertEquals(
        List.of(
            new Outcome.Stored("INBOX", 1),
            new Outcome.Stored("Junk", 1),
            new Outcome.Stored("INBOX", 2),
            new Outcome.Stored("Junk", 2)),
        outcomes(batch));
  }

  @Test
  void marks_are_flags_and_what_was_seen_is_not_announced_as_unseen() {
    var seen = Set.of(Mark.SEEN, Mark.FLAGGED);
    var message =
        stored(
            delivery(
                new Placement(
                    new Folder.Inbox(), seen, List.of(), List.of(), List.of(), Octets.EMPTY)),
            "INBOX");
    assertEquals(List.of("\\Seen", "\\Flagged"), message.get("flags"));
    assertFalse(message.getBoolean("unseen"));
    assertTrue(message.getBoolean("flagged"));
    assertFalse(mailboxes.journal().getFirst().getBoolean("unseen"));
  }

  @Test
  void what_rules_did_beside_it_is_in_the_document_and_their_lines_in_the_message()
      throws IOException {
    QueueId forward = Samples.queueId();
    var placement =
        new Placement(
            new Folder.Inbox(),
            Set.of(),
            List.of("block:vip:1"),
            List.of(new Target("mail", "x@example.net")),
            List.of(forward),
            Octets.utf8("X-Why: because\r\n"));
    var delivery = delivery(placement);
    var message = stored(delivery, "INBOX");
    assertEquals(List.of("block:vip:1"), message.get("filters"));
    assertEquals(List.of(forward.text()), message.get("outbound"));
    assertEquals(
        List.of(new Document("type", "mail").append("value", "x@example.net")),
        message.get("forwardTargets"));
    var raw = new ByteArrayOutputStream();
    assertTrue(mailboxes.reader().writeRaw(user, "INBOX", 1, raw));
    var text = raw.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("X-Why: because\r\nDelivered-To: "), text);
    assertEquals(Octets.utf8(text), delivery.message());
  }

  @Test
  void a_message_stored_in_a_folder_once_is_told_to_be_there_when_it_comes_again() {
    var junk = delivery(in(new Folder.Junk()));
    stored(junk);
    assertEquals(new Outcome.AlreadyStored("Junk", 1), stored(junk));
    mailboxes.deleteMessages(user);
    assertEquals(new Outcome.AlreadyStored("Junk", 1), stored(junk));
  }

  private Delivery delivery(Placement placement) {
    return Deliveries.to(user, "Subject: x\r\n\r\nx\r\n").placed(placement);
  }

  private static Placement in(Folder folder) {
    return new Placement(folder, Set.of(), List.of(), List.of(), List.of(), Octets.EMPTY);
  }

  private Document stored(Delivery delivery, String folder) {
    var outcome = (Outcome.Stored) stored(delivery);
    assertEquals(folder, outcome.mailbox());
    return mailboxes.message(delivery);
  }

  private Outcome stored(Delivery delivery) {
    return outcomes(List.of(delivery)).getFirst();
  }

  private List<Outcome> outcomes(List<Delivery> batch) {
    return ((Answer.Answered) mailboxes.store().store(batch)).outcomes();
  }
}
