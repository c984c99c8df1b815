package io.posthouse.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// An index over one or more fields, in a map of its own. Unlike the indexes of mongo-java-server
/// it also serves queries by its leading fields, queries with further conditions, and need not be
/// unique.
final class StoredIndex extends Index<Key> {
  /// The fields' values to the document's position; where several documents may have the same
  /// values, the position is the last part of the key as well.
  private final MVMap<Key, Key> entries;

  private final List<String> fields;
  private final Kind kind;

  /// What may be in the index: the same values once only; documents that have some of the fields
  /// only.
  record Kind(boolean unique, boolean sparse) {}

  StoredIndex(MVMap<Key, Key> entries, String name, List<IndexKey> keys, Kind kind) {
    super(name, keys, kind.sparse());
    this.entries = entries;
    this.fields = keys.stream().map(IndexKey::getKey).toList();
    this.kind = kind;
  }

  @Override
  public boolean canHandle(Document query) {
    var lookup = Lookup.of(query, fields);
    return !lookup.isEverything() && (lookup.excludesNull() || !kind.sparse());
  }

  @Override
  public Iterable<Key> getPositions(Document query) {
    var positions = new LinkedHashSet<Key>();
    for (var prefix : Lookup.of(query, fields).prefixes()) {
      for (var cursor = entries.cursor(prefix);
          cursor.hasNext() && cursor.next().startsWith(prefix); ) {
        positions.add(cursor.getValue());
      }
    }
    return positions;
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Key> collection) {
    if (kind.unique()) refuse(document, keysOf(document), collection);
  }

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Key> collection) {
    if (!kind.unique()) return;
    var added = keysOf(after);
    added.removeAll(keysOf(before));
    refuse(after, added, collection);
  }

  @Override
  public void add(Document document, Key position, MongoCollection<Key> collection) {
    keysOf(document).forEach(key -> entries.put(entry(key, position), position));
  }

  @Override
  public void updateInPlace(
      Document before, Document after, Key position, MongoCollection<Key> collection) {
    var old = keysOf(before);
    var fresh = keysOf(after);
    old.stream()
        .filter(key -> !fresh.contains(key))
        .forEach(key -> entries.remove(entry(key, position)));
    fresh.stream()
        .filter(key -> !old.contains(key))
        .forEach(key -> entries.put(entry(key, position), position));
  }

  @Override
  public @Nullable Key remove(Document document) {
    var position = Key.of(document.get("_id"));
    var keys = keysOf(document);
    keys.forEach(key -> entries.remove(entry(key, position)));
    return keys.isEmpty() ? null : position;
  }

  /// It is `_id_` that tells where a document is.
  @Override
  public @Nullable Key getPosition(Document document) {
    return null;
  }

  @Override
  public long getCount() {
    return entries.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  @Override
  public boolean isUnique() {
    return kind.unique();
  }

  @Override
  public void drop() {}

  private Key entry(Key key, Key position) {
    return kind.unique() ? key : key.plus(position);
  }

  private void refuse(Document document, Set<Key> keys, MongoCollection<Key> collection) {
    if (keys.stream().noneMatch(entries::containsKey)) return;
    var values =
        valuesOf(document).stream().map(value -> value instanceof Missing ? null : value).toArray();
    throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(values));
  }

  private List<Object> valuesOf(Document document) {
    return fields.stream()
        .map(field -> Utils.getSubdocumentValueCollectionAware(document, field))
        .toList();
  }

  /// Several where a field is an array, as each of its elements can be looked for.
  private Set<Key> keysOf(Document document) {
    var values = valuesOf(document);
    if (kind.sparse() && values.stream().allMatch(Missing.class::isInstance))
      return new HashSet<>();
    Set<Key> keys = Set.of(Key.EMPTY);
    for (var value : values) {
      var longer = new LinkedHashSet<Key>();
      for (var element : elementsOf(value)) {
        var key = Key.of(element);
        keys.forEach(prefix -> longer.add(prefix.plus(key)));
      }
      keys = longer;
    }
    return keys;
  }

  private static Collection<?> elementsOf(@Nullable Object value) {
    if (value instanceof Collection<?> elements && !elements.isEmpty()) return elements;
    return Collections.singletonList(value instanceof Collection<?> ? null : value);
  }
}
