package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ThreadsIT {
  private final TestMailboxes mailboxes = new TestMailboxes(getClass());
  private UserId user;

  @BeforeEach
  void addUser() {
    user = mailboxes.addUser();
  }

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Test
  void replies_belong_to_the_thread_of_what_they_answer() {
    store(mail("lunch", "a"));
    store(mail("Re: lunch", "b", "a"));
    store(mail("[list] Fwd: lunch", "c", "a", "b"));
    assertEquals(1, threadsOfMessages().distinct().count());
    var thread = mailboxes.threads().getFirst();
    assertEquals(threadsOfMessages().toList().getFirst(), thread.getObjectId("_id"));
    assertEquals("lunch", thread.getString("subject"));
    assertEquals(3, thread.getList("ids", String.class).size());
    assertEquals(threadsOfMessages().toList(), threadsOfJournal());
  }

  @Test
  void messages_of_one_batch_find_each_other_in_any_order() {
    store(mail("Re: lunch", "c", "a", "b"), mail("lunch", "a"), mail("Re: lunch", "b", "a"));
    assertEquals(1, threadsOfMessages().distinct().count());
    assertEquals(1, mailboxes.threads().size());
  }

  @Test
  void a_thread_of_wildducks_is_joined_by_any_reference() {
    var sent = new ObjectId();
    mailboxes.addThread(sent, user, "lunch", List.of(reference("sent-by-the-user")));
    store(mail("Re: lunch", "answer", "sent-by-the-user"));
    assertEquals(List.of(sent), threadsOfMessages().toList());
    assertEquals(2, mailboxes.threads().getFirst().getList("ids", String.class).size());
  }

  @Test
  void another_subject_or_another_user_is_another_thread() {
    store(mail("lunch", "a"), mail("dinner", "b", "a"));
    user = mailboxes.addUser();
    store(mail("lunch", "a"));
    assertEquals(3, threadsOfMessages().distinct().count());
    assertEquals(3, mailboxes.threads().size());
  }

  @Test
  void what_nothing_can_refer_to_is_a_thread_of_its_own() {
    store(Deliveries.to(user, "Subject: x\r\n\r\n"), Deliveries.to(user, "Subject: x\r\n\r\n"));
    assertEquals(2, threadsOfMessages().distinct().count());
    assertEquals(List.of(), mailboxes.threads());
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void a_message_stored_again_begins_no_second_thread(Step crash) {
    store(mail("dinner", "before"));
    var first = mail("lunch", "a");
    mailboxes.crashBefore(crash, List.of(first));
    store(mail("Re: lunch", "b", "a"), first);
    assertEquals(2, mailboxes.threads().size());
    assertEquals(2, threadsOfMessages().distinct().count());
    assertNotEquals(threadsOfMessages().toList().get(0), threadsOfMessages().toList().get(1));
  }

  private void store(Delivery... batch) {
    assertInstanceOf(Answer.Answered.class, mailboxes.store().store(List.of(batch)));
  }

  private Delivery mail(String subject, String id, String... references) {
    var referring = new StringBuilder();
    for (var reference : references) referring.append(" <").append(reference).append("@ex.net>");
    return Deliveries.to(
        user,
        "Subject: "
            + subject
            + "\r\nMessage-ID: <"
            + id
            + "@ex.net>\r\n"
            + (references.length == 0 ? "" : "References:" + referring + "\r\n")
            + "\r\nx\r\n");
  }

  private static String reference(String id) {
    var header =
        Deliveries.to(new UserId("0".repeat(24)), "Message-ID: <" + id + "@ex.net>\r\n\r\n");
    return TestMailboxes.references(header).getFirst();
  }

  private Stream<ObjectId> threadsOfMessages() {
    return mailboxes.messages().stream().map((Document m) -> m.getObjectId("thread"));
  }

  private List<ObjectId> threadsOfJournal() {
    return mailboxes.journal().stream().map(entry -> entry.getObjectId("thread")).toList();
  }
}
