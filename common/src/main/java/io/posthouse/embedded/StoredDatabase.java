package io.posthouse.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;

/// A database: a map for the documents of each collection, and one for the entries of each index
/// but `_id_`.
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Key> {
  static final String DOCUMENTS = "documents.";
  private static final String INDEX = "index.";
  private static final String ID_INDEX = "_id_";
  private static final int FIRST_BATCH = 101;

  private final DocumentStore store;

  StoredDatabase(String name, DocumentStore store, CursorRegistry cursors) {
    super(name, cursors);
    this.store = store;
    initializeNamespacesAndIndexes();
  }

  /// A client that names no number gets what mongod would give it.
  @Override
  public Document handleCommand(
      Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
    if (command.equalsIgnoreCase("find") && !Boolean.TRUE.equals(query.get("singleBatch")))
      query.putIfAbsent("batchSize", FIRST_BATCH);
    return super.handleCommand(channel, command, query, databases, oplog);
  }

  @Override
  protected MongoCollection<Key> openOrCreateCollection(String name, CollectionOptions options) {
    return new StoredCollection(
        this, name, options, store.documents(documentsOf(name)), cursorRegistry);
  }

  @Override
  protected Index<Key> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    if (name.equals(ID_INDEX)) return new IdIndex(store.documents(documentsOf(collection)), keys);
    return new StoredIndex(
        store.entries(entriesOf(collection, name)), name, keys, new StoredIndex.Kind(true, sparse));
  }

  @Override
  protected Index<Key> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new StoredIndex(
        store.entries(entriesOf(collection, name)),
        name,
        keys,
        new StoredIndex.Kind(false, sparse));
  }

  @Override
  protected void dropIndex(MongoCollection<Key> collection, String name) {
    super.dropIndex(collection, name);
    if (!name.equals(ID_INDEX)) store.remove(entriesOf(collection.getCollectionName(), name));
  }

  @Override
  public void dropCollection(String name, Oplog oplog) {
    super.dropCollection(name, oplog);
    store.remove(documentsOf(name));
  }

  @Override
  public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String name) {
    throw new MongoServerException("renameCollection is not supported here");
  }

  @Override
  protected long getFileSize() {
    return store.bytes();
  }

  @Override
  protected long getStorageSize() {
    return store.bytes();
  }

  private String documentsOf(String collection) {
    return DOCUMENTS + getFullCollectionNamespace(collection);
  }

  private String entriesOf(String collection, String index) {
    return INDEX + getFullCollectionNamespace(collection) + "." + index;
  }
}
