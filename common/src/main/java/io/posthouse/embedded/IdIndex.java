package io.posthouse.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// The index over `_id`, which costs nothing: the documents are kept in its order.
final class IdIndex extends Index<Key> {
  private static final String ID = "_id";

  private final MVMap<Key, byte[]> documents;

  IdIndex(MVMap<Key, byte[]> documents, List<IndexKey> keys) {
    super("_id_", keys, false);
    this.documents = documents;
  }

  @Override
  public boolean canHandle(Document query) {
    return !Lookup.of(query, List.of(ID)).isEverything();
  }

  @Override
  public Iterable<Key> getPositions(Document query) {
    return Lookup.of(query, List.of(ID)).prefixes().stream()
        .filter(documents::containsKey)
        .toList();
  }

  @Override
  public @Nullable Key getPosition(Document document) {
    var key = Key.of(document.get(ID));
    return documents.containsKey(key) ? key : null;
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Key> collection) {
    if (getPosition(document) != null) {
      throw new DuplicateKeyError(
          this, collection, getKeys(), new KeyValue(new Object[] {document.get(ID)}));
    }
  }

  /// The collection itself removes the document, at this position.
  @Override
  public @Nullable Key remove(Document document) {
    return getPosition(document);
  }

  @Override
  public void add(Document document, Key position, MongoCollection<Key> collection) {}

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Key> collection) {}

  @Override
  public void updateInPlace(
      Document before, Document after, Key position, MongoCollection<Key> collection) {}

  @Override
  public long getCount() {
    return documents.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  @Override
  public boolean isUnique() {
    return true;
  }

  @Override
  public void drop() {}
}
