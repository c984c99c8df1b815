package io.posthouse.embedded;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Objects;

/// The embedded database, and the one update by pipeline that WildDuck makes when it stores a
/// message itself: that of its threads. What Posthouse stores needs none.
public final class WildDuckMongo {
  private WildDuckMongo() {}

  public static EmbeddedMongo inMemory() {
    return EmbeddedMongo.inMemory(ThreadBackend::new);
  }

  private static final class ThreadBackend extends StoredBackend {
    ThreadBackend(DocumentStore store) {
      super(store);
    }

    @Override
    public Document handleCommand(
        Channel channel, String database, String command, Document query) {
      if (query.get("update") instanceof List<?> pipeline
          && "threads".equals(query.get("findAndModify")))
        query.put("update", asOperators((Document) pipeline.get(0), (Document) pipeline.get(1)));
      return super.handleCommand(channel, database, command, query);
    }

    /// User and subject come from the filter; what is left is the time and the union of the ids.
    private static Document asOperators(Document first, Document second) {
      var updated = value(value(first, "$set"), "updated");
      var union = (List<?>) value(value(value(second, "$set"), "ids"), "$setUnion");
      return new Document("$set", new Document("updated", updated))
          .append("$addToSet", new Document("ids", new Document("$each", literal(union.get(1)))));
    }

    private static Object value(Object document, String field) {
      return Objects.requireNonNull(((Document) document).get(field), field);
    }

    private static Object literal(Object value) {
      return value instanceof Document ? value(value, "$literal") : value;
    }
  }
}
