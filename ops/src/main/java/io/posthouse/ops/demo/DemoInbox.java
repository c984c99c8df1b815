package io.posthouse.ops.demo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonBinarySubType;
import org.bson.Document;
import org.bson.types.Binary;

/// Mail the demo's catch-all host has taken, in the collection `demo_inbox`.
final class DemoInbox {
  private final Mongo mongo;

  DemoInbox(Mongo mongo) {
    this.mongo = mongo;
  }

  /// Keeps mails; returns when they are durable.
  void keep(List<DemoMail> arrived) throws MongoDown {
    var documents = arrived.stream().map(DemoInbox::document).toList();
    mongo.ask(db -> mails(db).insertMany(documents));
  }

  /// The mails in the order of their arrival, without their octets.
  List<DemoMail> list() throws MongoDown {
    return mongo.ask(db ->
        mails(db)
            .find()
            .projection(new Document("raw", 0))
            .sort(ascending("_id"))
            .map(DemoInbox::mail)
            .into(new ArrayList<>()));
  }

  Optional<DemoMail> find(QueueId id) throws MongoDown {
    return mongo.ask(db ->
        Optional.ofNullable(mails(db).find(eq("_id", id.text())).map(DemoInbox::mail).first()));
  }

  private static MongoCollection<Document> mails(MongoDatabase db) {
    return db.getCollection("demo_inbox");
  }

  private static Document document(DemoMail mail) {
    return new Document("_id", mail.id().text())
        .append("from", mail.from())
        .append("to", mail.to())
        .append("subject", mail.subject())
        .append("size", mail.size())
        .append("raw", new Binary(BsonBinarySubType.BINARY, mail.raw().toArray()));
  }

  private static DemoMail mail(Document document) {
    return new DemoMail(
        new QueueId(document.getString("_id")),
        document.getString("from"),
        document.getList("to", String.class),
        document.getString("subject"),
        document.getLong("size"),
        Optional.ofNullable(document.get("raw", Binary.class))
            .map(b -> Octets.of(b.getData()))
            .orElse(Octets.EMPTY));
  }
}
