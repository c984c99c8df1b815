package io.posthouse.storage.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import io.posthouse.storage.check.IndexState.Maker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;

/// One index, as it should be.
record WantedIndex(String collection, Document keys, Document options, Maker maker) {
  /// `{mailbox: 1, uid: -1}`.
  String text() {
    return keys.entrySet().stream()
        .map(key -> key.getKey() + ": " + key.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  boolean isUnique() {
    return options.getBoolean("unique", false);
  }

  /// Whether there is one that does its work, under whatever name.
  boolean isIn(MongoDatabase database) {
    for (var index : database.getCollection(collection).listIndexes())
      if (isServedBy(index)) return true;
    return false;
  }

  /// Throws what the server has against it.
  void create(MongoDatabase database) {
    MongoCollection<Document> target = database.getCollection(collection);
    target.createIndex(keys, indexOptions());
  }

  private IndexOptions indexOptions() {
    var wanted = new IndexOptions().unique(isUnique()).sparse(options.getBoolean("sparse", false));
    if (options.get("ttl") instanceof Integer ttl)
      wanted.expireAfter(ttl.longValue(), TimeUnit.SECONDS);
    if (options.get("partial") instanceof Document partial) wanted.partialFilterExpression(partial);
    if (options.get("name") instanceof String name) wanted.name(name);
    return wanted;
  }

  private boolean isServedBy(Document index) {
    var isText = keys.containsValue("text");
    // Of a text index the server tells its own keys.
    var same = isText ? index.containsKey("textIndexVersion") : isSame(index);
    return same && (!isUnique() || index.getBoolean("unique", false));
  }

  private boolean isSame(Document index) {
    return keys(keys).equals(keys(index.get("key", Document.class)));
  }

  private static List<String> keys(Document keys) {
    return keys.entrySet().stream().map(WantedIndex::key).toList();
  }

  /// Servers answer a direction as 32 bits, 64 bits or a double.
  private static String key(Map.Entry<String, Object> key) {
    var kind =
        key.getValue() instanceof Number n ? String.valueOf(n.intValue()) : key.getValue() + "";
    return key.getKey() + ":" + kind.toLowerCase(Locale.ROOT);
  }
}
