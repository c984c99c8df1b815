package io.posthouse.embedded;

import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import java.util.Map.Entry;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection: encoded documents by the key of their `_id`. What a query gets is decoded for it
/// alone, so nobody can change a document that is being written to the file.
final class StoredCollection extends AbstractSynchronizedMongoCollection<Key> {
  private static final int LONGEST_KEPT = 256 * 1024;
  private static final ThreadLocal<ByteBuf> BUFFERS = ThreadLocal.withInitial(Unpooled::buffer);

  private final MVMap<Key, byte[]> documents;

  StoredCollection(
      StoredDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Key, byte[]> documents,
      CursorRegistry cursors) {
    super(database, name, options, cursors);
    this.documents = documents;
  }

  @Override
  protected Key addDocumentInternal(Document document) {
    var key =
        Key.of(
            getIdField() == null
                ? UUID.randomUUID()
                : Utils.getSubdocumentValue(document, getIdField()));
    var present = documents.putIfAbsent(key, encode(document));
    if (present != null)
      throw new IllegalStateException("document " + key + " is already in " + getFullName());
    return key;
  }

  @Override
  protected void handleUpdate(Key position, Document before, Document after) {
    documents.put(position, encode(after));
  }

  @Override
  protected void removeDocument(Key position) {
    documents.remove(position);
  }

  @Override
  protected @Nullable Document getDocument(Key position) {
    var bytes = documents.get(position);
    return bytes == null ? null : decode(bytes);
  }

  @Override
  protected Stream<DocumentWithPosition<Key>> streamAllDocumentsWithPosition() {
    return documents.entrySet().stream()
        .map(entry -> new DocumentWithPosition<>(decode(entry.getValue()), entry.getKey()));
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document order, int skip, int limit, int batch, Document fields) {
    var values = documents.entrySet().stream().map(Entry::getValue);
    if (isNaturalDescending(order)) values = reversed(values);
    return matchDocumentsFromStream(
        values.map(StoredCollection::decode), query, order, skip, limit, batch, fields);
  }

  /// @param batch documents, as [StoredDatabase] sees to for every client; 0 when it is the server
  ///   that asks, for a count or an update, which takes all at once
  @Override
  protected QueryResult createQueryResult(List<Document> found, int batch) {
    if (batch == 0) return new QueryResult(found);
    var cursor = new BatchCursor(cursorRegistry.generateCursorId(), found);
    var first = cursor.takeDocuments(batch);
    if (cursor.isEmpty()) return new QueryResult(first);
    cursorRegistry.add(cursor);
    return new QueryResult(first, cursor);
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  /// The size is counted when somebody asks: kept up to date it would be one more write for each
  /// document.
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int change) {}

  @Override
  protected int getDataSize() {
    var bytes = documents.entrySet().stream().mapToLong(entry -> entry.getValue().length).sum();
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static Stream<byte[]> reversed(Stream<byte[]> values) {
    List<byte[]> all = values.collect(Collectors.toList());
    Collections.reverse(all);
    return all.stream();
  }

  /// Into a buffer that has grown already: to grow it costs more than to encode.
  private static byte[] encode(Document document) {
    var buffer = BUFFERS.get().clear();
    BsonEncoder.encodeDocument(document, buffer);
    if (buffer.capacity() > LONGEST_KEPT) BUFFERS.remove();
    return ByteBufUtil.getBytes(buffer);
  }

  private static Document decode(byte[] bytes) {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
  }
}
