package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;

import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.StoreUnavailable;
import io.posthouse.storage.mime.EncodedWords;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/// Reads mailboxes that WildDuck and we have filled.
public final class MongoMailboxReader implements MailboxReader {
  private static final List<String> LISTED =
      List.of(
          "uid", "idate", "size", "subject", "flags", "mimeTree.parsedHeader.from", Fields.OURS);

  private static final List<String> SHOWN =
      Stream.concat(LISTED.stream(), Stream.of("mimeTree.header")).toList();

  private final Mongo mongo;

  public MongoMailboxReader(Mongo mongo) {
    this.mongo = mongo;
  }

  /// Whether the user has such a folder.
  ///
  /// @throws StoreUnavailable if MongoDB does not answer
  public boolean exists(UserId user, String mailbox) throws IOException {
    return Asking.ask(mongo, db -> mailboxId(db, user, mailbox).isPresent());
  }

  @Override
  public List<Entry> list(UserId user, String mailbox) throws IOException {
    return Asking.ask(
        mongo,
        db ->
            mailboxId(db, user, mailbox)
                .map(id ->
                    entries(db, eq("mailbox", id), LISTED)
                        .sort(Sorts.ascending("uid"))
                        .into(new ArrayList<>()))
                .orElseGet(ArrayList::new)
                .stream()
                .map(MongoMailboxReader::entry)
                .toList());
  }

  @Override
  public List<Entry> page(UserId user, String mailbox, long after, int most) throws IOException {
    return Asking.ask(
        mongo,
        db ->
            mailboxId(db, user, mailbox)
                .map(id ->
                    entries(db, and(eq("mailbox", id), gt("uid", after)), LISTED)
                        .sort(Sorts.ascending("uid"))
                        .limit(most)
                        .map(MongoMailboxReader::entry)
                        .into(new ArrayList<>()))
                .orElseGet(ArrayList::new));
  }

  @Override
  public Optional<Entry> show(UserId user, String mailbox, long uid) throws IOException {
    return Asking.ask(
        mongo,
        db ->
            mailboxId(db, user, mailbox)
                .flatMap(id -> Optional.ofNullable(entries(db, numbered(id, uid), SHOWN).first()))
                .map(MongoMailboxReader::entry));
  }

  @Override
  public boolean writeRaw(UserId user, String mailbox, long uid, OutputStream to)
      throws IOException {
    var message =
        Asking.ask(
            mongo,
            db ->
                mailboxId(db, user, mailbox)
                    .flatMap(id ->
                        Optional.ofNullable(
                            db.getCollection(Fields.MESSAGES).find(numbered(id, uid)).first())));
    if (message.isEmpty()) return false;
    // Not as one question: the message is read in pieces, at the pace of whoever takes them.
    try {
      new RawMessage(new Attachments(mongo.database()), message.get()).writeTo(to);
    } catch (MongoException e) {
      throw new StoreUnavailable("MongoDB: " + e.getMessage(), e);
    }
    return true;
  }

  private static FindIterable<Document> entries(MongoDatabase db, Bson which, List<String> fields) {
    return db.getCollection(Fields.MESSAGES).find(which).projection(Projections.include(fields));
  }

  private static Bson numbered(ObjectId mailbox, long uid) {
    return and(eq("mailbox", mailbox), eq("uid", uid));
  }

  private static Optional<ObjectId> mailboxId(MongoDatabase db, UserId user, String path) {
    return Optional.ofNullable(
            db.getCollection(Fields.MAILBOXES)
                .find(and(eq("user", Fields.id(user)), eq("path", path)))
                .first())
        .map(found -> found.getObjectId("_id"));
  }

  private static Entry entry(Document message) {
    var tree = message.get("mimeTree", Document.class);
    var ours = message.get(Fields.OURS, new Document());
    var length = ours.isEmpty() ? Fields.number(message, "size") : Fields.number(ours, "length");
    return new Entry(
        Fields.number(message, "uid"),
        message.get("idate", Date.class).toInstant(),
        length,
        from(tree.get("parsedHeader", new Document())),
        String.valueOf(message.getString("subject")),
        message.getList("flags", String.class, List.of()),
        ours.get("queueId", ""),
        tree.getList("header", String.class, List.of()).stream()
            .filter(field -> !field.isEmpty())
            .toList());
  }

  private static String from(Document header) {
    var from = header.getList("from", Document.class, List.of());
    if (from.isEmpty()) return "";
    var name = EncodedWords.decode(from.getFirst().get("name", ""));
    var address = from.getFirst().get("address", "");
    return name.isEmpty() ? address : name + " <" + address + ">";
  }
}
