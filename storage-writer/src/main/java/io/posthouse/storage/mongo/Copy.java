package io.posthouse.storage.mongo;

import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mime.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// One delivery of a batch on its way through the steps.
final class Copy {
  /// The path of the folder that a message was stored in, wherever its user has moved it since.
  static final String FOLDER = Fields.OURS + ".folder";

  /// True where we have encrypted it.
  static final String ENCRYPTED = Fields.OURS + ".encrypted";

  private static final List<String> TO_ENCRYPTED = List.of(ENCRYPTED.split("\\."));
  private static final List<String> TO_FOLDER = List.of(FOLDER.split("\\."));

  final ObjectId id;
  private final List<Binary> countedBodies = new ArrayList<>();
  private Delivery delivery;
  private boolean encrypted;
  private List<StoredBody> bodies = List.of();
  private @Nullable Document document;
  private @Nullable Conversation conversation;
  private @Nullable Outcome outcome;
  private @Nullable Copy first;

  Copy(Delivery delivery) {
    this.delivery = delivery;
    this.id = CopyId.of(delivery.key());
  }

  Delivery delivery() {
    return delivery;
  }

  /// From here on it is stored like this.
  void encrypted(Octets message) {
    delivery = delivery.encrypted(message);
    encrypted = true;
  }

  void laidOut(Draft draft) {
    this.document = draft.document();
    if (encrypted) document.get(Fields.OURS, Document.class).append("encrypted", true);
    this.conversation = draft.conversation();
    this.bodies = draft.bodies();
  }

  Document document() {
    if (document == null) throw new IllegalStateException("copy: not laid out");
    return document;
  }

  /// Gives it its place: the number at `index` of a run.
  void numbered(Folders.Numbers numbers, int index) {
    document()
        .append("mailbox", numbers.mailbox())
        .append("uid", numbers.firstUid() + index)
        .append("modseq", numbers.firstModseq() + index)
        .append("retention", numbers.retention())
        .append("exp", numbers.retention() > 0);
    if (numbers.retention() > 0)
      document().append("rdate", Fields.number(document(), "retentionTime") + numbers.retention());
    if (numbers.isJunk()) document().append("junk", true);
    document().get(Fields.OURS, Document.class).append("folder", numbers.path());
  }

  void stored() {
    settle(new Outcome.Stored(folder(document()), Fields.number(document(), "uid")));
  }

  static String folder(Document message) {
    return message.getEmbedded(TO_FOLDER, MailboxReader.INBOX);
  }

  static boolean isEncrypted(Document message) {
    return message.getEmbedded(TO_ENCRYPTED, false);
  }

  Conversation conversation() {
    if (conversation == null) throw new IllegalStateException("copy: not laid out");
    return conversation;
  }

  List<StoredBody> bodies() {
    return bodies;
  }

  /// We counted it among the messages that have this body.
  void counted(StoredBody body) {
    countedBodies.add(body.id());
  }

  List<Binary> countedBodies() {
    return List.copyOf(countedBodies);
  }

  long size() {
    return Fields.number(document(), "size");
  }

  void settle(Outcome outcome) {
    this.outcome = outcome;
  }

  /// What became of it; for a repetition, what its first had.
  Optional<Outcome> outcome() {
    if (first == null) return Optional.ofNullable(outcome);
    return first.outcome().map(Copy::again);
  }

  /// The batch holds the same copy already; null where it does not.
  void repeats(@Nullable Copy first) {
    this.first = first;
  }

  /// Whether it has still to be stored.
  boolean isOpen() {
    return outcome == null && first == null;
  }

  boolean isStoredNow() {
    return outcome instanceof Outcome.Stored;
  }

  private static Outcome again(Outcome outcome) {
    return outcome instanceof Outcome.Stored(var mailbox, long uid)
        ? new Outcome.AlreadyStored(mailbox, uid)
        : outcome;
  }
}
