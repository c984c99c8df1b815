package io.posthouse.ops.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ConnectionString;
import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.testbed.Shell;
import io.posthouse.ops.testbed.Testbed;
import io.posthouse.peers.Peer;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mongo.MongoMailboxStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `mailbox`, as an operator types it, and `user remove` with mail.
class MailboxCommandsIT {
  private static final String FROM_LINE = "Subject: one\r\n\r\nFrom here\r\n>From there\r\n";
  private static final String PICTURE =
      String.join(
          "\r\n",
          "Content-Type: multipart/mixed; boundary=b",
          "",
          "--b",
          "Content-Type: image/png",
          "",
          "picture",
          "--b--",
          "");
  private static final String WITH_ATTACHMENT = PICTURE + "epilogue without an end";

  private final Shell shell = new Shell(getClass());
  private final Mongo mongo =
      Mongo.connect(
          shell.mongodb(),
          Objects.requireNonNull(new ConnectionString(shell.mongodb()).getDatabase()));
  private final Path folder = Testbed.folder("mailbox");

  @BeforeEach
  void addBob() {
    shell.done("user add bob@example.net --password secret");
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void folders_are_listed_with_what_is_in_them() {
    fill(FROM_LINE, WITH_ATTACHMENT);
    var folders = shell.json("mailbox folders bob@example.net");
    assertEquals(
        List.of("Drafts", "INBOX", "Junk", "Sent Mail", "Trash"),
        folders.stream().map(f -> f.getString("folder")).toList());
    var inbox = folders.get(1);
    assertEquals(2, inbox.getInteger("messages"));
    assertEquals(2, inbox.getInteger("unseen"));
    assertEquals(3, inbox.getInteger("uid_next"));
    assertTrue(inbox.getInteger("size") > FROM_LINE.length() + WITH_ATTACHMENT.length());
    assertEquals("\\Junk", folders.get(2).getString("use"));
    assertEquals("30d", folders.get(2).getString("kept_for"));
    assertTrue(shell.done("mailbox folders bob@example.net").startsWith("folder     use"));
    shell.refused(1, "mailbox folders eve@example.net", "no such user: eve@example.net");
  }

  @Test
  void folders_are_made_renamed_and_removed() {
    assertEquals("Work created\n", shell.done("mailbox create bob@example.net Work"));
    assertEquals("Work was there already\n", shell.done("mailbox create bob@example.net Work"));
    shell.done("mailbox create bob@example.net Work/2026");
    shell.done("mailbox keep bob@example.net Work/2026 90d");
    shell.done("mailbox rename bob@example.net Work Job");
    assertEquals(List.of("Job", "Job/2026"), own());
    shell.refused(1, "mailbox remove bob@example.net Job --yes", "holds the folder Job/2026");
    shell.refused(2, "mailbox remove bob@example.net Job", "(expected: --yes)");
    shell.done("mailbox remove bob@example.net Job/2026 --yes");
    shell.done("mailbox remove bob@example.net Job --yes");
    assertEquals(List.of(), own());
  }

  @Test
  void what_mail_programs_look_for_stays() {
    shell.done("mailbox create bob@example.net Work");
    shell.refused(1, "mailbox remove bob@example.net inbox --yes", "INBOX keeps its place");
    shell.refused(1, "mailbox rename bob@example.net Junk Spam", "Junk keeps its place");
    shell.refused(1, "mailbox rename bob@example.net Work Trash", "there is a folder Trash");
    shell.refused(1, "mailbox rename bob@example.net Work Work/sub", "there is a folder Work");
    shell.refused(1, "mailbox rename bob@example.net Nowhere Work2", "no such folder: Nowhere");
    shell.refused(1, "mailbox keep bob@example.net Nowhere 1d", "no such folder");
    shell.refused(2, "mailbox keep bob@example.net Work long", "DURATION: long");
    shell.refused(2, "mailbox create bob@example.net a//b", "folder: a//b");
  }

  @Test
  void a_folder_with_mail_is_removed_with_its_mail_only_on_request() {
    fill(WITH_ATTACHMENT);
    shell.done("mailbox create bob@example.net Work");
    var work = find("mailboxes", new Document("path", "Work")).getObjectId("_id");
    mongo
        .database()
        .getCollection("messages")
        .updateMany(new Document(), Updates.set("mailbox", work));
    assertEquals(1, shell.json("mailbox list bob@example.net --mailbox Work").size());
    shell.refused(1, "mailbox remove bob@example.net Work --yes", "holds 1 messages");
    shell.done("mailbox remove bob@example.net Work --yes --with-mail");
    assertEquals(0, shell.json("user show bob@example.net").getFirst().getInteger("used"));
    assertEquals(0, references());
  }

  @Test
  void a_user_with_mail_is_removed_with_it_only_on_request() {
    fill(FROM_LINE, WITH_ATTACHMENT);
    shell.refused(1, "user remove bob@example.net --yes", "has 2 messages");
    assertEquals(
        "bob@example.net removed, 2 messages\n",
        shell.done("user remove bob@example.net --yes --with-mail"));
    assertEquals(0, references());
    assertEquals(0, mongo.database().getCollection("messages").countDocuments());
  }

  @Test
  void a_maildir_holds_the_octets_that_mailbox_raw_prints() throws IOException {
    fill(FROM_LINE, WITH_ATTACHMENT);
    var maildir = folder.resolve("maildir");
    var said = shell.json("mailbox export bob@example.net --maildir " + maildir).getFirst();
    assertEquals(Document.parse("{folder: 'INBOX', messages: 2, damaged: 0}"), said);
    assertEquals(List.of(raw(1), raw(2)), octets(maildir.resolve("cur")));
    shell.refused(
        1, "mailbox export bob@example.net --maildir " + maildir, "nothing is overwritten");
  }

  @Test
  void an_mbox_is_understood_by_others() throws IOException {
    fill(FROM_LINE, WITH_ATTACHMENT);
    var mbox = folder.resolve("mbox");
    shell.done("mailbox export bob@example.net --mbox " + mbox);
    shell.refused(1, "mailbox export bob@example.net --mbox " + mbox, "nothing is overwritten");
    var text = Files.readString(mbox, ISO_8859_1);
    assertTrue(text.startsWith("From sender@"), text);
    assertTrue(
        text.contains(
            raw(1).replace("\r\nFrom", "\r\n>From").replace("\r\n>From t", "\r\n>>From t")),
        text);
    var counted =
        Peer.named("python3")
            .run(
                "-c",
                "import mailbox,sys; print([m['X-Posthouse-Length'] for m in mailbox.mbox(sys.argv[1])])",
                mbox.toString());
    assertEquals(
        "['%019d', '%019d']%n".formatted(raw(1).length(), raw(2).length()), counted.said());
  }

  @Test
  void a_damaged_message_is_named_and_the_others_are_exported() throws IOException {
    // Its parts alone make it, so it is lost with one of them.
    fill(FROM_LINE, PICTURE);
    mongo.database().getCollection("attachments.chunks").drop();
    var maildir = folder.resolve("maildir");
    shell.refused(1, "mailbox export bob@example.net --maildir " + maildir, "uid 2: attachment");
    assertEquals(List.of(raw(1)), octets(maildir.resolve("cur")));
  }

  @Test
  void an_export_of_what_is_not_there_writes_nothing() {
    var mbox = folder.resolve("mbox");
    shell.refused(2, "mailbox export bob@example.net", "--mbox");
    shell.refused(
        2, "mailbox export bob@example.net --mbox " + mbox + " --maildir " + folder, "exclusive");
    shell.refused(
        1, "mailbox export bob@example.net --mailbox No --mbox " + mbox, "no such folder: No");
    assertFalse(Files.exists(mbox));
  }

  private void fill(String... messages) {
    var batch = Arrays.stream(messages).map(this::delivery).toList();
    var store = new MongoMailboxStore(mongo, InstantSource.system());
    assertInstanceOf(Answer.Answered.class, store.store(batch));
  }

  private Delivery delivery(String message) {
    var content = Octets.utf8(message);
    var to = new Recipient(MailAddress.of("someone@example.test"), new Destination.Local(bob()));
    var envelope = Samples.message(Samples.queueId(), new Content.Inline(content), to);
    try {
      return Delivery.of(envelope, content.input()).getFirst();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  private UserId bob() {
    try {
      return new MongoUsers(mongo).find("bob@example.net").orElseThrow().id();
    } catch (MongoDown down) {
      throw new AssertionError(down);
    }
  }

  /// The folders that Bob was not created with.
  private List<String> own() {
    return shell.json("mailbox folders bob@example.net").stream()
        .map(found -> found.getString("folder"))
        .filter(path -> path.startsWith("Job") || path.startsWith("Work"))
        .toList();
  }

  private long references() {
    var file = find("attachments.files", new Document());
    return file.get("metadata", Document.class).get("c", Number.class).longValue();
  }

  private Document find(String collection, Document which) {
    var found = mongo.database().getCollection(collection).find(which).first();
    return Objects.requireNonNull(found);
  }

  private String raw(int uid) {
    return shell.done("mailbox raw bob@example.net --uid " + uid);
  }

  private static List<String> octets(Path folder) throws IOException {
    var octets = new TreeMap<String, String>();
    try (var files = Files.list(folder)) {
      for (var file : files.toList())
        octets.put(String.valueOf(file.getFileName()), Files.readString(file));
    }
    return List.copyOf(octets.values());
  }
}
