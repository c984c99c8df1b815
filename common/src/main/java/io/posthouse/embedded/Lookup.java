package io.posthouse.embedded;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a query can use an index: by equality (`a: 1`, `a: {$in: [1, 2]}`) on leading fields of the
/// index. It finds too many rather than too few documents; the query then looks at each.
///
/// @param prefixes what the keys of the entries of interest start with
/// @param excludesNull whether some field must have a value, as it has in every entry of a sparse
///   index
record Lookup(Set<Key> prefixes, boolean excludesNull) {
  private static final Lookup EVERYTHING = new Lookup(Set.of(Key.EMPTY), false);

  Lookup {
    prefixes = Set.copyOf(prefixes);
  }

  static Lookup of(Document query, List<String> fields) {
    var lookup = EVERYTHING;
    for (var field : fields) {
      var values = wanted(query, field);
      if (values == null) break;
      lookup = lookup.narrowedTo(values);
    }
    return lookup;
  }

  boolean isEverything() {
    return prefixes.contains(Key.EMPTY);
  }

  private Lookup narrowedTo(Collection<?> values) {
    var longer = new HashSet<Key>();
    for (var value : values) {
      var key = Key.of(value);
      prefixes.forEach(prefix -> longer.add(prefix.plus(key)));
    }
    return new Lookup(longer, excludesNull || !values.contains(null));
  }

  /// The values one of which the field must have; null where no condition says so. The driver
  /// writes `and` as `$and`.
  private static @Nullable Collection<?> wanted(Document query, String field) {
    if (query.containsKey(field)) return wanted(query.get(field));
    if (!(query.get("$and") instanceof Collection<?> conditions)) return null;
    return conditions.stream()
        .<@Nullable Collection<?>>map(condition -> wanted((Document) condition, field))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Collection<?> wanted(@Nullable Object condition) {
    if (condition instanceof Document operators) {
      if (operators.get("$in") instanceof Collection<?> values)
        return allPlain(values) ? values : null;
      if (operators.containsKey("$eq")) return plain(operators.get("$eq"));
    }
    return plain(condition);
  }

  private static @Nullable Collection<?> plain(@Nullable Object value) {
    return isPlain(value) ? Collections.singletonList(value) : null;
  }

  private static boolean allPlain(Collection<?> values) {
    return values.stream().allMatch(Lookup::isPlain);
  }

  /// Arrays are indexed by their elements, and a pattern is no value.
  private static boolean isPlain(@Nullable Object value) {
    if (value instanceof Document document)
      return document.keySet().stream().noneMatch(key -> key.startsWith("$"));
    return !(value instanceof Collection<?>) && !(value instanceof BsonRegularExpression);
  }
}
