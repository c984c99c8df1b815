package io.posthouse.ops.testbed;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/// A database as it was, with its indexes: what mongodump and mongorestore do, without them.
public final class DatabaseCopy implements AutoCloseable {
  private final MongoClient client;
  private final String database;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  private record Part(List<Document> documents, List<Document> indexes) {}

  DatabaseCopy(String uri, String database) {
    client = MongoClients.create(uri);
    this.database = database;
    for (var name : there().listCollectionNames()) {
      var collection = there().getCollection(name);
      parts.put(
          name,
          new Part(
              collection.find().into(new ArrayList<>()),
              collection.listIndexes().into(new ArrayList<>())));
    }
  }

  /// How many documents it holds of a collection.
  public int count(String collection) {
    var part = parts.get(collection);
    return part == null ? 0 : part.documents().size();
  }

  /// The disaster: nothing is left of the database.
  public void throwAway() {
    there().drop();
  }

  /// Makes the database what it was.
  public void restore() {
    parts.forEach((name, part) -> {
      part.indexes().forEach(index -> restore(name, index));
      if (!part.documents().isEmpty()) there().getCollection(name).insertMany(part.documents());
    });
  }

  private void restore(String collection, Document index) {
    if (index.getString("name").equals("_id_")) return;
    var options =
        new IndexOptions()
            .name(index.getString("name"))
            .unique(index.getBoolean("unique", false))
            .sparse(index.getBoolean("sparse", false));
    if (index.get("expireAfterSeconds") instanceof Number seconds)
      options.expireAfter(seconds.longValue(), TimeUnit.SECONDS);
    there().getCollection(collection).createIndex(index.get("key", Document.class), options);
  }

  private MongoDatabase there() {
    return client.getDatabase(database);
  }

  @Override
  public void close() {
    client.close();
  }
}
