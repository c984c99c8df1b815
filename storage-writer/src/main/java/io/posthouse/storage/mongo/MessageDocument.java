package io.posthouse.storage.mongo;

import io.posthouse.message.Digests;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Placement;
import io.posthouse.storage.mailbox.Placement.Mark;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.mime.HeaderIndex;
import io.posthouse.storage.mime.LaidOut;
import io.posthouse.storage.mime.MailDate;
import io.posthouse.storage.text.MessageText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// A document of the collection `messages`, but for the folder and the numbers in it.
final class MessageDocument {
  private MessageDocument() {}

  static Document of(
      ObjectId id, Delivery delivery, LaidOut laidOut, TreeDocument tree, Instant now) {
    var header = laidOut.root().header();
    var document =
        new Document("_id", id)
            .append("root", id)
            .append("v", "1.0")
            .append("user", Fields.id(delivery.user()))
            .append("userDeleted", false)
            .append("idate", now)
            .append("hdate", header.last("date").flatMap(MailDate::parse).orElse(now))
            .append("size", laidOut.served())
            .append("meta", meta(delivery))
            .append("filters", delivery.placement().filters())
            .append("headers", HeaderList.of(header))
            .append("mimeTree", tree.root())
            .append("envelope", ImapEnvelope.of(header))
            .append("bodystructure", new BodyStructure(laidOut.message()).of(laidOut.root()))
            .append("msgid", messageId(header, id))
            .append("subject", ImapEnvelope.subject(header))
            .append("magic", CopyId.magic(id))
            .append("copied", false)
            .append("retentionTime", id.getTimestamp() * 1000L)
            .append("ha", tree.hasAttachment())
            .append("thread", id)
            .append(Fields.OURS, ours(delivery, laidOut));
    // Not what the header says: there may be older lines of these names.
    tree.root()
        .get("parsedHeader", Document.class)
        .append("delivered-to", "<" + delivery.address() + ">")
        .append("return-path", delivery.envelope().reversePath().toString());
    if (!tree.attachments().isEmpty()) document.append("attachments", tree.attachments());
    readable(document, MessageText.of(laidOut.message(), laidOut.root(), tree.contentIds()));
    forwarded(document, delivery.placement());
    return flags(document, delivery.placement().marks());
  }

  private static void readable(Document document, MessageText read) {
    if (!read.text().isEmpty()) document.append("text", read.text());
    if (!read.footer().isEmpty()) document.append("textFooter", read.footer());
    if (!read.html().isEmpty()) document.append("html", read.html());
    if (!read.intro().isEmpty()) document.append("intro", read.intro());
  }

  private static void forwarded(Document document, Placement placement) {
    if (!placement.forwardedTo().isEmpty())
      document.append(
          "forwardTargets", placement.forwardedTo().stream().map(to -> target(to)).toList());
    if (!placement.outbound().isEmpty())
      document.append("outbound", placement.outbound().stream().map(QueueId::text).toList());
  }

  private static Document target(Target to) {
    return new Document("type", to.type()).append("value", to.value());
  }

  private static Document flags(Document document, Set<Mark> marks) {
    var flags = new ArrayList<String>();
    if (marks.contains(Mark.SEEN)) flags.add("\\Seen");
    if (marks.contains(Mark.FLAGGED)) flags.add("\\Flagged");
    return document
        .append("flags", flags)
        .append("unseen", !marks.contains(Mark.SEEN))
        .append("flagged", marks.contains(Mark.FLAGGED))
        .append("undeleted", true)
        .append("draft", false)
        .append("searchable", true);
  }

  private static String messageId(HeaderIndex header, ObjectId id) {
    return header.last("message-id").orElse("<" + id.toHexString() + "@posthouse.invalid>");
  }

  private static Document meta(Delivery delivery) {
    Envelope envelope = delivery.envelope();
    return new Document("transactionId", envelope.queueId().text())
        .append("source", "MX")
        .append("from", envelope.reversePath().sender().map(Object::toString).orElse(""))
        .append(
            "to",
            envelope.recipients().stream().map(Recipient::address).map(Object::toString).toList())
        .append("origin", envelope.client().address().getHostAddress())
        .append("transhost", envelope.client().helo())
        .append("transtype", envelope.client().protocol())
        .append("queueId", envelope.queueId().text())
        .append("time", envelope.arrived());
  }

  /// What makes the exact message of its tree, and proves it.
  private static Document ours(Delivery delivery, LaidOut laidOut) {
    var digest = Digests.sha256();
    digest.update(delivery.message().buffer());
    var ours =
        new Document("queueId", delivery.envelope().queueId().text())
            .append("length", delivery.message().length())
            .append("sha256", new Binary(digest.digest()));
    if (laidOut.wholeBody().isPresent()) return ours.append("whole", true);
    if (laidOut.edits().isEmpty() || laidOut.isHeaderAlone()) return ours;
    var edits =
        laidOut.edits().stream()
            .map(edit ->
                new Document("at", edit.at())
                    .append("cut", edit.cut())
                    .append("put", Fields.binary(edit.put())))
            .toList();
    return ours.append("edits", edits);
  }
}
