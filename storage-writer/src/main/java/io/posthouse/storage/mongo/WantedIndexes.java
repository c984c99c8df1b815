package io.posthouse.storage.mongo;

import static io.posthouse.storage.check.IndexState.Maker.POSTHOUSE;
import static io.posthouse.storage.check.IndexState.Maker.WILDDUCK;

import io.posthouse.storage.check.IndexState.Maker;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/// The indexes that matter: those that promises rest on, and those without which serving mail is
/// slow.
final class WantedIndexes {
  private static final int THREE_HOURS = 10_800;
  private static final int HALF_A_YEAR = 15_552_000;

  private final List<WantedIndex> all = new ArrayList<>();

  private WantedIndexes() {}

  static List<WantedIndex> all() {
    var wanted = new WantedIndexes();
    wanted.ours();
    wanted.messages();
    wanted.users();
    wanted.rest();
    return List.copyOf(wanted.all);
  }

  private void ours() {
    unique("users", "unameview");
    unique("addresses", "addrview");
    unique("domainaliases", "alias");
    unique("domaincache", "domain");
    unique("mailboxes", "user", "path");
    unique("attachments.chunks", "files_id", "n");
  }

  private void messages() {
    add("messages", "_id", "mailbox", "uid");
    add("messages", "mailbox", "uid", "_id");
    add("messages", "mailbox", "-uid", "-_id");
    add("messages", "mailbox", "modseq", "uid");
    add("messages", "mailbox", "flags");
    add("messages", "mailbox", "idate");
    add("messages", "mailbox", "-idate", "-_id");
    add("messages", "mailbox", "-idate", "-_id", "thread", "uid");
    add("messages", "mailbox", "hdate", "msgid");
    add("messages", "mailbox", "size");
    add("messages", "mailbox", "headers.key", "headers.value");
    add("messages", "mailbox", "unseen");
    add("messages", "mailbox", "undeleted");
    add("messages", "mailbox", "flagged");
    add("messages", "mailbox", "draft");
    add("messages", "mailbox", "ha");
    add("messages", "user", "searchable");
    add("messages", "user", "thread");
    with(new Document("partial", new Document("exp", true)), "messages", "exp", "rdate");
    var words = new Document("user", 1).append("headers.value", "text").append("text", "text");
    var searchable = new Document("partial", new Document("searchable", true));
    all.add(new WantedIndex("messages", words, searchable, WILDDUCK));
  }

  private void users() {
    add("users", "username");
    add("addresses", "user");
    add("domainaliases", "domain");
    add("mailboxes", "user", "subscribed");
    add("mailboxes", "user", "specialUse");
    add("filters", "user");
    add("autoreplies", "user", "start", "end");
    add("domainaccess", "tagview", "action", "domain");
    add("addressregister", "user", "addrview", "-updated");
  }

  private void rest() {
    add("threads", "user", "ids");
    with(new Document("ttl", HALF_A_YEAR), "threads", "updated");
    add("journal", "mailbox", "modseq");
    add("journal", "user", "_id");
    with(new Document("ttl", THREE_HOURS), "journal", "created");
    add("archived", "user", "_id");
    // WildDuck asks for it by this name.
    with(
        new Document("name", "related_attachments_cu"),
        "attachments.files",
        "metadata.c",
        "metadata.m",
        "metadata.cu");
  }

  private void unique(String collection, String... fields) {
    add(collection, new Document("unique", true), POSTHOUSE, fields);
  }

  private void add(String collection, String... fields) {
    add(collection, new Document(), WILDDUCK, fields);
  }

  private void with(Document options, String collection, String... fields) {
    add(collection, options, WILDDUCK, fields);
  }

  private void add(String collection, Document options, Maker maker, String... fields) {
    var keys = new Document();
    for (var field : fields) {
      if (field.startsWith("-")) keys.append(field.substring(1), -1);
      else keys.append(field, 1);
    }
    all.add(new WantedIndex(collection, keys, options, maker));
  }
}
