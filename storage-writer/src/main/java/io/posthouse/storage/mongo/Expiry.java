package io.posthouse.storage.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/// Documents of ours say with `at` when they were made; servers that expire documents forget them.
final class Expiry {
  private Expiry() {}

  /// Makes the index by which the documents of a collection are forgotten after so many days.
  static void after(MongoCollection<Document> collection, long days) {
    var expiry = new IndexOptions().expireAfter(days, TimeUnit.DAYS);
    collection.createIndex(new Document("at", 1), expiry);
  }
}
