package io.posthouse.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import org.bson.Document;

/// The unique indexes that keep the directory right. WildDuck makes them too; whoever comes first.
public final class DirectoryIndexes {
  private final MongoDatabase database;

  public DirectoryIndexes(MongoDatabase database) {
    this.database = database;
  }

  /// Creates what is missing.
  public void ensure() {
    unique(Names.USERS, "unameview");
    unique(Names.ADDRESSES, "addrview");
    unique(Names.DOMAIN_ALIASES, "alias");
    unique(Names.DOMAIN_CACHE, "domain");
    unique(Names.MAILBOXES, "user", "path");
  }

  /// Creates a unique index over `fields` unless there is one, under whatever name.
  public void unique(String collection, String... fields) {
    var keys = new Document();
    List.of(fields).forEach(field -> keys.append(field, 1));
    var target = database.getCollection(collection);
    if (!has(target, keys)) target.createIndex(keys, new IndexOptions().unique(true));
  }

  private static boolean has(MongoCollection<Document> collection, Document keys) {
    for (var index : collection.listIndexes())
      if (isSame(index.get("key", Document.class), keys) && index.getBoolean("unique", false))
        return true;
    return false;
  }

  /// Servers answer a direction as 32 bits, 64 bits or a double.
  private static boolean isSame(Document key, Document wanted) {
    return List.copyOf(key.keySet()).equals(List.copyOf(wanted.keySet()));
  }
}
