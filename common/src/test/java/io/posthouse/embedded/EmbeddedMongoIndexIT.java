package io.posthouse.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An index may make a query faster, never change its answer: the same operations go to a
/// collection with indexes and to one without.
class EmbeddedMongoIndexIT {
  private static MongoClient client;
  private static String database;

  @BeforeAll
  static void connect() {
    client = MongoClients.create(TestMongo.shared().uri());
    database = TestMongo.shared().freshDatabase(EmbeddedMongoIndexIT.class);
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void answers_are_the_same_with_and_without_indexes(long seed) {
    var random = new Random(seed);
    var plain = client.getDatabase(database).getCollection("plain" + seed);
    var indexed = client.getDatabase(database).getCollection("indexed" + seed);
    indexed.createIndex(Indexes.ascending("a", "b"));
    indexed.createIndex(Indexes.ascending("tags"));
    indexed.createIndex(Indexes.ascending("sub.x", "a"), new IndexOptions().sparse(true));
    for (var step = 0; step < 400; step++) {
      var where = query(random);
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          var document = document(random).append("_id", step);
          both(plain, indexed, each -> each.insertOne(new Document(document)));
        }
        case 3 -> {
          var change = change(random);
          both(plain, indexed, each -> each.updateMany(where, change));
        }
        case 4 ->
            both(
                plain,
                indexed,
                each -> each.deleteMany(Filters.and(where, Filters.gt("_id", 300))));
        default -> {}
      }
      assertEquals(ids(plain, where), ids(indexed, where), () -> "seed " + seed + ": " + where);
    }
  }

  @Test
  void a_unique_key_is_refused_twice_and_free_again_when_its_document_changes_or_goes() {
    var addresses = client.getDatabase(database).getCollection("addresses");
    addresses.createIndex(
        Indexes.ascending("addrview"), new IndexOptions().unique(true).sparse(true));
    addresses.insertOne(new Document("_id", 1).append("addrview", "bob@example.net"));
    addresses.insertOne(new Document("_id", 2));
    addresses.insertOne(new Document("_id", 3)); // sparse: the missing key is no key
    assertEquals(
        11000, codeOf(addresses, new Document("_id", 4).append("addrview", "bob@example.net")));
    assertEquals(11000, codeOf(addresses, new Document("_id", 1)));
    addresses.updateOne(Filters.eq("_id", 1), Updates.set("addrview", "alice@example.net"));
    assertEquals(
        0, codeOf(addresses, new Document("_id", 4).append("addrview", "bob@example.net")));
    addresses.deleteOne(Filters.eq("addrview", "alice@example.net"));
    assertEquals(
        0, codeOf(addresses, new Document("_id", 5).append("addrview", "alice@example.net")));
  }

  private static int codeOf(MongoCollection<Document> collection, Document document) {
    try {
      collection.insertOne(document);
      return 0;
    } catch (MongoWriteException e) {
      return e.getError().getCode();
    }
  }

  private interface Operation {
    void on(MongoCollection<Document> collection);
  }

  /// What one refuses (an update of a field into an array, say) the other must refuse too.
  private static void both(
      MongoCollection<Document> plain, MongoCollection<Document> indexed, Operation operation) {
    assertEquals(isDone(plain, operation), isDone(indexed, operation));
  }

  private static boolean isDone(MongoCollection<Document> collection, Operation operation) {
    try {
      operation.on(collection);
      return true;
    } catch (MongoWriteException | MongoCommandException e) {
      return false;
    }
  }

  private static List<Object> ids(MongoCollection<Document> collection, Bson where) {
    return collection
        .find(where)
        .sort(Sorts.ascending("_id"))
        .map(each -> each.get("_id"))
        .into(new ArrayList<>());
  }

  private static Document document(Random random) {
    var document = new Document();
    if (random.nextInt(4) > 0) document.append("a", value(random));
    if (random.nextInt(4) > 0) document.append("b", value(random));
    if (random.nextInt(3) > 0) document.append("tags", values(random));
    if (random.nextInt(3) == 0) document.append("sub", new Document("x", value(random)));
    if (random.nextInt(6) == 0)
      document.append("sub", List.of(new Document("x", value(random)), new Document("x", 1)));
    return document;
  }

  private static Bson query(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> Filters.eq("a", value(random));
      case 1 -> Filters.and(Filters.eq("a", value(random)), Filters.eq("b", value(random)));
      case 2 -> Filters.and(Filters.eq("a", value(random)), Filters.gt("b", 1));
      case 3 -> Filters.in("tags", values(random));
      case 4 -> Filters.eq("sub.x", value(random));
      case 5 ->
          new Document("a", value(random))
              .append("b", new Document("$exists", random.nextBoolean()));
      default -> Filters.and(Filters.in("sub.x", values(random)), Filters.ne("a", value(random)));
    };
  }

  private static Bson change(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Updates.set("a", value(random));
      case 1 -> Updates.unset("b");
      case 2 -> Updates.push("tags", value(random));
      default -> Updates.set("sub", new Document("x", value(random)));
    };
  }

  private static List<@Nullable Object> values(Random random) {
    var values = new ArrayList<@Nullable Object>();
    for (var i = random.nextInt(3); i > 0; i--) values.add(value(random));
    return values;
  }

  private static @Nullable Object value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> (long) random.nextInt(3);
      case 1 -> (double) random.nextInt(3);
      case 2 -> "s" + random.nextInt(3);
      case 3 -> null; // matches documents without the field as well
      case 4 -> "long ".repeat(100) + random.nextInt(2);
      default -> random.nextInt(3);
    };
  }
}
