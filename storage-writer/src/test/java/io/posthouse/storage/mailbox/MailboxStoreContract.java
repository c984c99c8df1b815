package io.posthouse.storage.mailbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every mailbox store does, whatever is behind it.
public interface MailboxStoreContract {
  MailboxStore store();

  MailboxReader reader();

  /// A new user with an empty mailbox.
  UserId addUser();

  /// Octets counted against the user's quota.
  long used(UserId user) throws IOException;

  @Test
  default void a_message_is_in_the_inbox_as_it_came() throws IOException {
    var delivery =
        Deliveries.to(addUser(), "Subject: hi\r\nFrom: Bob <b@example.net>\r\n\r\nHello\r\n");
    assertEquals(List.of(new Outcome.Stored("INBOX", 1)), outcomes(delivery));

    var entry = reader().show(delivery.user(), "INBOX", 1).orElseThrow();
    assertEquals("hi", entry.subject());
    assertEquals("Bob <b@example.net>", entry.from());
    assertEquals(delivery.message().length(), entry.size());
    assertEquals(delivery.envelope().queueId().text(), entry.queueId());
    assertRaw(delivery, 1);
  }

  @Test
  default void messages_for_one_user_are_numbered_in_their_order() throws IOException {
    var user = addUser();
    assertEquals(
        List.of(new Outcome.Stored("INBOX", 1), new Outcome.Stored("INBOX", 2)),
        outcomes(Deliveries.to(user, "a"), Deliveries.to(user, "b")));
    assertEquals(List.of(new Outcome.Stored("INBOX", 3)), outcomes(Deliveries.to(user, "c")));
    assertEquals(
        List.of(1L, 2L, 3L), reader().list(user, "INBOX").stream().map(e -> e.uid()).toList());
  }

  @Test
  default void a_batch_too_textfor_one_request_is_stored_in_its_order() throws IOException {
    var user = addUser();
    var text = "x".repeat(100_000);
    var again = Deliveries.to(user, text + "again");
    outcomes(again);
    var batch = new ArrayList<Delivery>();
    for (int i = 0; i < 12; i++) batch.add(Deliveries.to(user, text + i));
    batch.add(7, again);
    var outcomes = outcomes(batch.toArray(Delivery[]::new));
    assertEquals(new Outcome.AlreadyStored("INBOX", 1), outcomes.remove(7));
    batch.remove(7);
    for (int i = 0; i < 12; i++) {
      assertEquals(new Outcome.Stored("INBOX", i + 2), outcomes.get(i));
      assertRaw(batch.get(i), i + 2);
    }
  }

  @Test
  default void the_same_message_again_changes_nothing() throws IOException {
    var delivery = Deliveries.to(addUser(), "Subject: once\r\n\r\n.\r\n");
    outcomes(delivery);
    var used = used(delivery.user());
    assertEquals(List.of(new Outcome.AlreadyStored("INBOX", 1)), outcomes(delivery));
    assertEquals(1, reader().list(delivery.user(), "INBOX").size());
    assertEquals(used, used(delivery.user()));
  }

  @Test
  default void the_same_message_twice_in_a_batch_is_one_message() throws IOException {
    var delivery = Deliveries.to(addUser(), "x");
    assertEquals(
        List.of(new Outcome.Stored("INBOX", 1), new Outcome.AlreadyStored("INBOX", 1)),
        outcomes(delivery, delivery));
    assertEquals(1, reader().list(delivery.user(), "INBOX").size());
  }

  @Test
  default void one_message_for_two_users_is_a_copy_each() throws IOException {
    var first = Deliveries.to(addUser(), "x");
    var second = Deliveries.again(first.envelope().queueId(), addUser(), "x");
    assertEquals(
        List.of(new Outcome.Stored("INBOX", 1), new Outcome.Stored("INBOX", 1)),
        outcomes(first, second));
    assertRaw(first, 1);
    assertRaw(second, 1);
  }

  @Test
  default void a_user_who_is_gone_holds_up_nobody() throws IOException {
    var here = Deliveries.to(addUser(), "x");
    var gone = Deliveries.to(new UserId("f".repeat(24)), "x");
    assertEquals(
        List.of(new Outcome.NoSuchUser(), new Outcome.Stored("INBOX", 1)), outcomes(gone, here));
  }

  @Test
  default void what_is_stored_counts_against_the_quota() throws IOException {
    var user = addUser();
    var first = Deliveries.to(user, "Subject: a\r\n\r\none\r\n");
    var second = Deliveries.to(user, "Subject: b\r\n\r\ntwo\r\n");
    outcomes(first, second);
    assertEquals(first.message().length() + second.message().length(), used(user));
  }

  @Test
  default void what_is_not_there_cannot_be_read() throws IOException {
    var user = addUser();
    assertEquals(List.of(), reader().list(user, "INBOX"));
    assertEquals(List.of(), reader().list(user, "No such folder"));
    assertTrue(reader().show(user, "INBOX", 7).isEmpty());
    assertEquals(false, reader().writeRaw(user, "INBOX", 7, new ByteArrayOutputStream()));
  }

  private List<Outcome> outcomes(Delivery... deliveries) {
    var answer = assertInstanceOf(Answer.Answered.class, store().store(List.of(deliveries)));
    return new ArrayList<>(answer.outcomes());
  }

  private void assertRaw(Delivery delivery, long uid) throws IOException {
    var raw = new ByteArrayOutputStream();
    assertTrue(reader().writeRaw(delivery.user(), "INBOX", uid, raw));
    assertArrayEquals(delivery.message().toArray(), raw.toByteArray());
  }
}
