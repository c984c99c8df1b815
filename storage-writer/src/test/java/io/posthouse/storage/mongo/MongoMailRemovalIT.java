package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.directory.UserId;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mongo.MongoMailRemoval.Step;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MongoMailRemovalIT {
  private static final String WITH_ATTACHMENT =
      """
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: application/pdf

      the same for all
      --b--
      """
          .replace("\n", "\r\n");

  private final TestMailboxes mailboxes = new TestMailboxes(getClass());
  private final MongoMailRemoval removal = mailboxes.removal();

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Test
  void all_mail_of_a_user_goes_and_what_others_have_stays() throws MongoDown {
    var alice = mailboxes.addUser();
    var bob = mailboxes.addUser();
    fill(alice, 150);
    fill(bob, 1);
    var told = new ArrayList<Long>();
    assertEquals(150, removal.removeAll(alice, told::add));
    assertEquals(List.of(100L, 150L), told);
    assertEquals(0, removal.count(alice));
    assertEquals(1, removal.count(bob));
    assertEquals(0, mailboxes.used(alice));
    assertEquals(mailboxes.sizes(bob), mailboxes.used(bob));
    assertEquals(1, count(mailboxes.files().getFirst()));
  }

  @Test
  void the_last_one_leaves_a_file_for_wildduck_to_collect() throws MongoDown {
    var alice = mailboxes.addUser();
    fill(alice, 2);
    removal.removeAll(alice, "INBOX", _ -> {});
    var metadata = mailboxes.files().getFirst().get("metadata", Document.class);
    assertEquals(0, Fields.number(metadata, "c"));
    assertEquals(0, Fields.number(metadata, "m"));
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void what_broke_off_before_any_step_goes_on_and_counts_nothing_twice(Step fatal)
      throws MongoDown {
    var alice = mailboxes.addUser();
    var bob = mailboxes.addUser();
    fill(alice, 120);
    fill(bob, 1);
    var dying =
        mailboxes.removal(step -> {
          if (step == fatal) throw new Killed();
        });
    assertThrows(Killed.class, () -> dying.removeAll(alice, _ -> {}));
    assertEquals(fatal == Step.FORGET ? 20 : 120, removal.count(alice));
    fill(alice, 1);
    removal.removeAll(alice, _ -> {});
    assertEquals(0, removal.count(alice));
    assertEquals(0, mailboxes.used(alice));
    assertEquals(1, count(mailboxes.files().getFirst()));
  }

  @Test
  void a_folder_that_is_not_there_has_no_mail() throws MongoDown {
    var alice = mailboxes.addUser();
    fill(alice, 1);
    assertEquals(0, removal.count(alice, "Nowhere"));
    assertEquals(0, removal.removeAll(alice, "Junk", _ -> {}));
    assertEquals(1, removal.count(alice, "INBOX"));
  }

  private void fill(UserId user, int messages) {
    var batch = new ArrayList<Delivery>();
    for (int i = 0; i < messages; i++) batch.add(Deliveries.to(user, WITH_ATTACHMENT));
    mailboxes.store().store(batch);
  }

  /// How many messages the one attachment says it is in.
  private static long count(Document file) {
    return Fields.number(file.get("metadata", Document.class), "c");
  }

  private static final class Killed extends RuntimeException {}
}
