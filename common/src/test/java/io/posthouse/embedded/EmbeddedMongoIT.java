package io.posthouse.embedded;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.posthouse.lifecycle.CannotStartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoIT {
  private static final int WRITERS = 8;

  @TempDir Path directory;

  @Test
  void nothing_acknowledged_is_lost_however_often_the_server_is_killed() throws Exception {
    var acknowledged = ConcurrentHashMap.<Integer>newKeySet();
    for (var kill = 0; kill < 3; kill++) {
      try (var server = ForkedServer.start("database", directory)) {
        writeUntilKilled(server, acknowledged, kill * 1_000_000);
      }
    }
    try (var mongo = EmbeddedMongo.start(EmbeddedMongo.Settings.in(directory));
        var client = MongoClients.create(mongo.uri())) {
      var messages = messages(client);
      var found = new HashSet<Integer>();
      found.addAll(ids(messages.find()));
      assertTrue(found.containsAll(acknowledged), () -> "lost: " + missing(acknowledged, found));
      for (var id : found) assertEquals(List.of(id), ids(messages.find(eq("key", "k" + id))));
      assertEquals(found.size(), messages.find(eq("group", 1)).into(new ArrayList<>()).size());
    }
  }

  @Test
  void data_and_indexes_outlive_a_restart_on_another_port() {
    try (var mongo = EmbeddedMongo.start(EmbeddedMongo.Settings.in(directory));
        var client = MongoClients.create(mongo.uri())) {
      messages(client).insertOne(message(1));
    }
    try (var mongo = EmbeddedMongo.start(EmbeddedMongo.Settings.in(directory));
        var client = MongoClients.create(mongo.uri())) {
      var messages = client.getDatabase("test").getCollection("messages");
      assertNotNull(messages.find(eq("key", "k1")).first());
      var refused =
          assertThrows(
              MongoWriteException.class, () -> messages.insertOne(message(2).append("key", "k1")));
      assertEquals(ErrorCategory.DUPLICATE_KEY, refused.getError().getCategory());
      assertEquals(3, messages.listIndexes().into(new ArrayList<>()).size());
    }
  }

  @Test
  void counters_are_changed_by_many_and_none_is_lost() throws Exception {
    try (var mongo = EmbeddedMongo.start(EmbeddedMongo.Settings.in(directory));
        var client = MongoClients.create(mongo.uri());
        var writers = Executors.newFixedThreadPool(WRITERS)) {
      var mailboxes = client.getDatabase("test").getCollection("mailboxes");
      var given = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 400; i++) given.add(writers.submit(() -> nextUid(mailboxes)));
      var uids = new HashSet<Integer>();
      for (var uid : given) uids.add(uid.get());
      assertEquals(400, uids.size());
    }
  }

  @Test
  void what_a_query_finds_comes_in_batches_that_a_driver_accepts() throws Exception {
    var padding = new Binary(new byte[1_000_000]);
    try (var mongo = EmbeddedMongo.start(EmbeddedMongo.Settings.in(directory));
        var client = MongoClients.create(mongo.uri())) {
      var messages = messages(client);
      for (int n = 0; n < 60; n++)
        messages.insertOne(
            new Document("_id", n).append("key", "k" + n).append("padding", padding));

      // 60 million octets: more than a driver takes in one reply.
      assertEquals(60, ids(messages.find()).size());
      assertEquals(60, ids(messages.find().batchSize(59)).size());
      assertEquals(7, ids(messages.find().limit(7)).size());
      for (int n = 60; n < 300; n++)
        messages.insertOne(new Document("_id", n).append("key", "k" + n).append("group", 2));
      assertEquals(300, messages.countDocuments());
      assertEquals(240, messages.countDocuments(eq("group", 2)));
      assertEquals(
          240, messages.updateMany(eq("group", 2), Updates.set("group", 3)).getModifiedCount());
      assertEquals(240, messages.deleteMany(eq("group", 3)).getDeletedCount());
    }
  }

  @Test
  void a_directory_in_use_and_a_port_that_is_taken_are_refused_in_a_sentence() {
    var other = directory.resolve("other");
    var settings = EmbeddedMongo.Settings.in(directory.resolve("one"));
    try (var mongo = EmbeddedMongo.start(settings)) {
      var inUse = assertThrows(CannotStartException.class, () -> EmbeddedMongo.start(settings));
      assertTrue(sentence(inUse).contains("in use by another process"), sentence(inUse));
      var onItsPort = EmbeddedMongo.Settings.in(other).withPort(mongo.port());
      var taken = assertThrows(CannotStartException.class, () -> EmbeddedMongo.start(onItsPort));
      assertTrue(sentence(taken).contains("port " + mongo.port()), sentence(taken));
    }
    EmbeddedMongo.start(settings).close();
    EmbeddedMongo.start(EmbeddedMongo.Settings.in(other)).close();
  }

  private static void writeUntilKilled(ForkedServer server, Set<Integer> acknowledged, int first)
      throws Exception {
    var before = acknowledged.size();
    try (var client =
            MongoClients.create(
                "mongodb://"
                    + Loopback.HOST
                    + ":"
                    + server.port()
                    + "/?serverSelectionTimeoutMS=2000");
        var writers = Executors.newFixedThreadPool(WRITERS)) {
      var messages = messages(client);
      for (var writer = 0; writer < WRITERS; writer++) {
        var start = first + writer * 100_000;
        var _ = writers.submit(() -> insertUntilRefused(messages, acknowledged, start));
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> acknowledged.size() > before + 400);
      server.kill();
    }
  }

  private static void insertUntilRefused(
      MongoCollection<Document> messages, Set<Integer> acknowledged, int first) {
    try {
      for (var id = first; ; id++) {
        messages.insertOne(message(id));
        acknowledged.add(id);
      }
    } catch (MongoException e) {
      // The server is gone, as it should be.
    }
  }

  private static MongoCollection<Document> messages(MongoClient client) {
    var messages = client.getDatabase("test").getCollection("messages");
    messages.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true));
    messages.createIndex(Indexes.ascending("group", "key"));
    return messages;
  }

  private static Document message(int id) {
    return new Document("_id", id)
        .append("key", "k" + id)
        .append("group", 1)
        .append("body", new Binary(new byte[2000]));
  }

  private static int nextUid(MongoCollection<Document> mailboxes) {
    var mailbox =
        mailboxes.findOneAndUpdate(
            Filters.and(eq("_id", "inbox")),
            Updates.inc("uidNext", 1),
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
    return Objects.requireNonNull(mailbox).getInteger("uidNext");
  }

  private static List<Integer> ids(FindIterable<Document> documents) {
    return documents.map(each -> each.getInteger("_id")).into(new ArrayList<>());
  }

  private static List<Integer> missing(Set<Integer> acknowledged, Set<Integer> found) {
    return acknowledged.stream().filter(id -> !found.contains(id)).sorted().toList();
  }

  private static String sentence(CannotStartException e) {
    return Objects.requireNonNull(e.getMessage());
  }
}
