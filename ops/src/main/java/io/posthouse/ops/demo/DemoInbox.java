package io.posthouse.ops.demo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.posthouse.message.QueueId;
import java.util.List;
import java.util.Optional;
import org.bson.BsonBinarySubType;
import org.bson.Document;
import org.bson.types.Binary;

/// Mail the demo's catch-all host has taken, in the collection `demo_inbox`.
final class DemoInbox {
  private final MongoCollection<Document> mails;

  DemoInbox(MongoDatabase database) {
    mails = database.getCollection("demo_inbox");
  }

  /// Keeps mails; returns when they are durable.
  void keep(List<DemoMail> arrived) {
    mails.insertMany(arrived.stream().map(DemoInbox::document).toList());
  }

  /// The mails in the order of their arrival, without their octets.
  List<DemoMail> list() {
    return mails
        .find()
        .projection(new Document("raw", 0))
        .sort(ascending("_id"))
        .map(DemoInbox::mail)
        .into(new java.util.ArrayList<>());
  }

  Optional<DemoMail> find(QueueId id) {
    return Optional.ofNullable(mails.find(eq("_id", id.text())).map(DemoInbox::mail).first());
  }

  private static Document document(DemoMail mail) {
    return new Document("_id", mail.id().text())
        .append("from", mail.from())
        .append("to", mail.to())
        .append("size", mail.size())
        .append("raw", new Binary(BsonBinarySubType.BINARY, mail.raw()));
  }

  private static DemoMail mail(Document document) {
    var raw = document.get("raw", Binary.class);
    return new DemoMail(
        new QueueId(document.getString("_id")),
        document.getString("from"),
        document.getList("to", String.class),
        document.getLong("size"),
        raw == null ? new byte[0] : raw.getData());
  }
}
