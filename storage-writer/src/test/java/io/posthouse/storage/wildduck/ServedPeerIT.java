package io.posthouse.storage.wildduck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.wildduck.ServedMailboxes.Owner;
import io.posthouse.wildduck.ImapClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What we store is what an unmodified WildDuck serves: over IMAP, POP3 and REST.
@TestInstance(Lifecycle.PER_CLASS)
final class ServedPeerIT {
  private static final String MIXED =
      """
      From: "Bob B." <bob@example.net>
      To: alice@served.example, "Team" <team@served.example>
      Date: Sat, 21 Nov 2026 10:11:12 +0100
      Subject: =?utf-8?q?caf=C3=A9?= plans
      Message-ID: <plans@example.net>
      X-Answer: 42
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b1

      --b1
      Content-Type: text/plain; charset=utf-8

      See below.
      --b1
      Content-Type: application/pdf; name="plans.pdf"
      Content-Disposition: attachment; filename="plans.pdf"
      Content-Transfer-Encoding: base64

      SGVsbG8sIHRoaXMgaXMgbm90IGEgUERGLg==
      --b1--
      """
          .replace("\n", "\r\n");

  private final ServedMailboxes mailboxes = new ServedMailboxes();

  @AfterAll
  void close() {
    mailboxes.close();
  }

  @Test
  void imap_serves_a_message_and_its_parts_as_they_came() {
    var owner = mailboxes.addUser();
    var delivery = Deliveries.to(owner.id(), MIXED);
    var uid = mailboxes.store(delivery);
    try (var imap = opened(owner, 1)) {
      var message =
          imap.fetch(
              uid,
              "BODY.PEEK[] RFC822.SIZE FLAGS BODY.PEEK[1] BODY.PEEK[2] BODY.PEEK[2.MIME]"
                  + " BODY.PEEK[HEADER.FIELDS (X-Answer)] BODY.PEEK[]<5.7>");
      assertEquals(octets(delivery), message.item("BODY[]").text());
      assertEquals(octets(delivery).length(), size(message));
      assertEquals("()", message.item("FLAGS").toString());
      assertEquals("See below.", message.item("BODY[1]").text());
      assertEquals("SGVsbG8sIHRoaXMgaXMgbm90IGEgUERGLg==", message.item("BODY[2]").text());
      assertEquals(octets(delivery).substring(5, 12), message.item("BODY[]<5>").text());
      assertEquals("X-Answer: 42\r\n\r\n", message.item("BODY[HEADER.FIELDS (X-Answer)]").text());
    }
  }

  @Test
  void imap_tells_who_wrote_and_how_a_message_is_made() {
    var owner = mailboxes.addUser();
    var uid = mailboxes.store(Deliveries.to(owner.id(), MIXED));
    try (var imap = opened(owner, 1)) {
      var message = imap.fetch(uid, "ENVELOPE BODYSTRUCTURE");
      var bob = "((\"Bob B.\" NIL \"bob\" \"example.net\"))";
      var alice = "(NIL NIL \"alice\" \"served.example\")";
      var team = "(\"Team\" NIL \"team\" \"served.example\")";
      assertEquals(
          "(\"Sat, 21 Nov 2026 10:11:12 +0100\" \"=?UTF-8?Q?caf=C3=A9?= plans\" %1$s %1$s %1$s (%2$s %3$s) NIL NIL NIL \"<plans@example.net>\")"
              .formatted(bob, alice, team),
          message.item("ENVELOPE").toString());
      assertEquals(
          "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"7BIT\" \"10\" \"0\" NIL NIL NIL NIL)"
              + " (\"APPLICATION\" \"PDF\" (\"NAME\" \"plans.pdf\") NIL NIL \"BASE64\" \"36\" NIL"
              + " (\"ATTACHMENT\" (\"FILENAME\" \"plans.pdf\")) NIL NIL)"
              + " \"MIXED\" (\"BOUNDARY\" \"b1\") NIL NIL NIL)",
          message.item("BODYSTRUCTURE").toString());
    }
  }

  @Test
  void imap_tells_how_a_message_within_a_message_is_made_and_serves_its_parts() {
    var owner = mailboxes.addUser();
    var delivery =
        Deliveries.to(
            owner.id(),
            """
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: message/rfc822

            %s
            --outer--
            """
                .replace("\n", "\r\n")
                .formatted(MIXED));
    var uid = mailboxes.store(delivery);
    try (var imap = opened(owner, 1)) {
      var message =
          imap.fetch(
              uid,
              "BODYSTRUCTURE BODY.PEEK[] BODY.PEEK[1] BODY.PEEK[1.1] BODY.PEEK[1.2]"
                  + " BODY.PEEK[1.HEADER]");
      var structure = message.item("BODYSTRUCTURE").list().getFirst().list();
      assertEquals("\"RFC822\"", structure.get(1).toString());
      assertEquals("\"<plans@example.net>\"", structure.get(7).list().getLast().toString());
      assertEquals("\"PDF\"", structure.get(8).list().get(1).list().get(1).toString());
      assertEquals(MIXED, message.item("BODY[1]").text());
      assertEquals("See below.", message.item("BODY[1.1]").text());
      assertEquals("SGVsbG8sIHRoaXMgaXMgbm90IGEgUERGLg==", message.item("BODY[1.2]").text());
      assertTrue(message.item("BODY[1.HEADER]").text().contains("X-Answer: 42\r\n"));
      assertEquals(octets(delivery), message.item("BODY[]").text());
    }
  }

  @Test
  void imap_finds_messages_by_what_we_stored_about_them() {
    var owner = mailboxes.addUser();
    var plans = mailboxes.store(Deliveries.to(owner.id(), MIXED));
    var other =
        mailboxes.store(
            Deliveries.to(
                owner.id(),
                """
                Subject: other
                From: carol@example.org
                Date: Tue, 3 Jan 2006 08:00:00 -0500

                short
                """
                    .replace("\n", "\r\n")));
    try (var imap = opened(owner, 2)) {
      assertEquals(List.of(plans), imap.search("SUBJECT plans"));
      assertEquals(List.of(other), imap.search("FROM carol@example.org"));
      assertEquals(List.of(plans), imap.search("TO team@served"));
      assertEquals(List.of(plans), imap.search("HEADER Message-ID plans@example.net"));
      assertEquals(List.of(plans), imap.search("LARGER 500"));
      assertEquals(List.of(other), imap.search("SENTBEFORE 1-Jan-2007"));
      assertEquals(List.of(plans, other), imap.search("SINCE 1-Jan-2007"));
      assertEquals(List.of(plans, other), imap.search("UNSEEN NOT FLAGGED"));
      // One after the other: of several flags at once WildDuck only indexes one.
      imap.ask("UID STORE " + other + " +FLAGS (\\Seen)");
      imap.ask("UID STORE " + other + " +FLAGS (\\Flagged urgent)");
      assertEquals(List.of(plans), imap.search("UNSEEN"));
      assertEquals(List.of(other), imap.search("FLAGGED KEYWORD urgent"));
    }
  }

  @Test
  void what_is_copied_moved_or_removed_stays_so_and_attachments_are_counted() {
    var owner = mailboxes.addUser();
    // Its own octets, so that nobody else has the attachment.
    var delivery = Deliveries.to(owner.id(), MIXED.replace("SGVsbG8s", "SGVsbG8u"));
    var uid = mailboxes.store(delivery);
    var files = mailboxes.attachments(owner);
    assertEquals(1, files.size());
    try (var imap = opened(owner, 1)) {
      imap.ask("UID COPY " + uid + " Trash");
      mailboxes.assertCounted(files.getFirst(), owner, 2);
      imap.ask("UID MOVE " + uid + " Junk");
      mailboxes.assertCounted(files.getFirst(), owner, 2);
      assertEquals(List.of(), imap.search("ALL"));
      assertServed(imap, "Junk", delivery);
      assertServed(imap, "Trash", delivery);
      imap.ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
      imap.ask("EXPUNGE");
      // WildDuck keeps what was removed for some days, and it counts.
      mailboxes.assertCounted(files.getFirst(), owner, 2);
      mailboxes.store(List.of(delivery));
      assertEquals(0, imap.select("INBOX"));
      assertEquals(0, imap.select("Trash"));
    }
    assertEquals(1, mailboxes.messages(owner).size());
    mailboxes.assertCounted(files.getFirst(), owner, 2);
  }

  /// WildDuck itself counts each place of it when it stores a message, but once when it copies or
  /// removes one, so that what it counted stays for ever.
  @Test
  void a_body_that_a_message_has_twice_is_counted_as_wildduck_copies_and_removes_it() {
    var owner = mailboxes.addUser();
    var once =
        """
        --b
        Content-Type: image/png

        twice in one message
        """;
    var twice = "Content-Type: multipart/mixed; boundary=b\n\n" + once + once + "--b--\n";
    var uid = mailboxes.store(Deliveries.to(owner.id(), twice.replace("\n", "\r\n")));
    var file = mailboxes.attachments(owner).getFirst();
    mailboxes.assertCounted(file, owner, 1);
    try (var imap = opened(owner, 1)) {
      imap.ask("UID COPY " + uid + " Trash");
    }
    mailboxes.assertCounted(file, owner, 2);
  }

  @Test
  void pop3_serves_and_removes_messages() {
    var owner = mailboxes.addUser();
    var delivery = Deliveries.to(owner.id(), MIXED);
    mailboxes.store(delivery);
    try (var pop3 = mailboxes.pop3(owner)) {
      assertEquals("1 " + octets(delivery).length(), pop3.ask("STAT"));
      assertEquals(octets(delivery), pop3.message(1));
      pop3.ask("DELE 1");
      pop3.quit();
    }
    mailboxes.store(List.of(delivery));
    try (var pop3 = mailboxes.pop3(owner)) {
      assertEquals("0 0", pop3.ask("STAT"));
    }
  }

  @Test
  void a_header_alone_is_served_with_the_line_that_ends_it() {
    var owner = mailboxes.addUser();
    var delivery = Deliveries.to(owner.id(), "Subject: no body\r\nX-Answer: 42\r\n\r\n");
    var uid = mailboxes.store(delivery);
    try (var imap = opened(owner, 1)) {
      var message =
          imap.fetch(
              uid,
              "BODY.PEEK[] RFC822.SIZE BODY.PEEK[TEXT]" + " BODY.PEEK[HEADER.FIELDS (X-Answer)]");
      assertEquals(octets(delivery), message.item("BODY[]").text());
      assertEquals(octets(delivery).length(), size(message));
      assertEquals("", message.item("BODY[TEXT]").text());
      assertEquals("X-Answer: 42\r\n\r\n", message.item("BODY[HEADER.FIELDS (X-Answer)]").text());
    }
  }

  @Test
  void what_follows_the_last_part_is_served_where_it_stood() {
    var owner = mailboxes.addUser();
    var delivery = Deliveries.to(owner.id(), MIXED + "\r\nAn epilogue.\r\n\r\n");
    var uid = mailboxes.store(delivery);
    var sent = octets(delivery);
    try (var imap = opened(owner, 1)) {
      var message =
          imap.fetch(
              uid, "BODY.PEEK[] RFC822.SIZE BODY.PEEK[TEXT] BODY.PEEK[1] BODY.PEEK[]<10.2000>");
      assertEquals(sent, message.item("BODY[]").text());
      assertEquals(sent.length(), size(message));
      assertEquals(sent.substring(10), message.item("BODY[]<10>").text());
      assertEquals(sent.substring(sent.indexOf("\r\n\r\n") + 4), message.item("BODY[TEXT]").text());
      assertEquals("See below.", message.item("BODY[1]").text());
      imap.ask("UID COPY " + uid + " Junk");
      assertServed(imap, "Junk", delivery);
    }
    // A copy of WildDuck's has what we need to make the message again.
    assertTrue(mailboxes.messages(owner).stream().allMatch(m -> m.containsKey("posthouse")));
    // POP3 has no end but the dot: behind what was sent come the parts once more, as no parts.
    try (var pop3 = mailboxes.pop3(owner)) {
      assertEquals(sent, pop3.message(1).substring(0, sent.length()));
    }
  }

  @Test
  void rest_lists_and_shows_messages() {
    var owner = mailboxes.addUser();
    var delivery = Deliveries.to(owner.id(), MIXED);
    var uid = mailboxes.store(delivery);
    var rest = mailboxes.wildDuck.rest();
    var folder = mailboxes.messages(owner).getFirst().getObjectId("mailbox").toHexString();
    var messages = "/users/" + owner.id().hex() + "/mailboxes/" + folder + "/messages";
    var listed = rest.get(messages).getList("results", Document.class).getFirst();
    assertEquals("café plans", listed.getString("subject"));
    assertEquals("bob@example.net", listed.get("from", Document.class).getString("address"));
    assertEquals(true, listed.getBoolean("attachments"));
    var shown = rest.get(messages + "/" + uid);
    assertEquals("<plans@example.net>", shown.getString("messageId"));
    var attachment = shown.getList("attachments", Document.class).getFirst();
    assertEquals("plans.pdf", attachment.getString("filename"));
    assertEquals(
        "Hello, this is not a PDF.",
        rest.raw(messages + "/" + uid + "/attachments/" + attachment.getString("id")));
    assertEquals(octets(delivery), rest.raw(messages + "/" + uid + "/message.eml"));
  }

  private ImapClient opened(Owner owner, int messages) {
    var imap = mailboxes.imap(owner);
    assertEquals(messages, imap.select("INBOX"));
    return imap;
  }

  private static void assertServed(ImapClient imap, String folder, Delivery delivery) {
    assertEquals(1, imap.select(folder));
    var uid = imap.search("ALL").getFirst();
    assertEquals(octets(delivery), imap.fetch(uid, "BODY.PEEK[]").item("BODY[]").text());
  }

  private static int size(ImapClient.Fetched message) {
    return Integer.parseInt(message.item("RFC822.SIZE").text());
  }

  private static String octets(Delivery delivery) {
    return new String(delivery.message().toArray(), StandardCharsets.ISO_8859_1);
  }
}
