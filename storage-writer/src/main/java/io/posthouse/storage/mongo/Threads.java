package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static java.util.stream.Collectors.groupingBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.posthouse.storage.mongo.KnownThreads.Joined;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/// The collection `threads`: which messages of a user belong together.
///
/// A thread that we begin has an `_id` made of its user, subject and first message. So whoever
/// stores a message again finds the thread it began, and most threads are found by `_id`, which
/// every server does without a scan; the others, such as those that WildDuck began, by reference.
final class Threads {
  private volatile boolean indexed;

  /// Finds the thread of each message, or begins one, and writes it into the message's document.
  void join(MongoDatabase database, List<Copy> copies, Instant now) {
    var threads = database.getCollection(Fields.THREADS);
    // One without any reference can never be found again: its thread is the message.
    var related = copies.stream().filter(copy -> !copy.conversation().references().isEmpty());
    var joining = related.toList();
    if (joining.isEmpty()) return;
    var known = new KnownThreads();
    threads.find(in("_id", joining.stream().map(KnownThreads::began).toList())).forEach(known::add);
    var unknown = joining.stream().filter(copy -> !known.has(copy)).toList();
    findByReference(threads, sought(unknown, threads), known);
    joining.forEach(copy -> copy.document().append("thread", known.join(copy)));
    var begun = known.joined().stream().filter(Joined::begun).toList();
    var others = known.joined().stream().filter(thread -> !thread.begun());
    change(threads, Stream.concat(others, begin(threads, begun, now).stream()).toList(), now);
  }

  /// Most mail begins a thread, and to insert costs half of what a change costs.
  ///
  /// @return those that were there: begun by a batch that broke off
  private static List<Joined> begin(
      MongoCollection<Document> threads, List<Joined> begun, Instant now) {
    if (begun.isEmpty()) return List.of();
    try {
      var documents = begun.stream().map(thread -> document(thread, now)).toList();
      threads.insertMany(documents, new InsertManyOptions().ordered(false));
      return List.of();
    } catch (MongoBulkWriteException e) {
      WriteErrors.rethrowUnlessDuplicates(e);
      return e.getWriteErrors().stream().map(error -> begun.get(error.getIndex())).toList();
    }
  }

  private static void change(MongoCollection<Document> threads, List<Joined> joined, Instant now) {
    if (joined.isEmpty()) return;
    var changes = joined.stream().map(thread -> change(thread, now)).toList();
    threads.bulkWrite(changes, new BulkWriteOptions().ordered(false));
  }

  /// Where the question would read the whole collection, only a reply is worth it.
  private List<Copy> sought(List<Copy> unknown, MongoCollection<Document> threads) {
    if (unknown.isEmpty() || isIndexed(threads)) return unknown;
    return unknown.stream().filter(copy -> copy.conversation().isReply()).toList();
  }

  /// Asked until there is an index: WildDuck makes it when it first starts.
  private boolean isIndexed(MongoCollection<Document> threads) {
    if (!indexed) {
      for (var index : threads.listIndexes()) indexed |= List.of("user", "ids").equals(keys(index));
    }
    return indexed;
  }

  private static List<String> keys(Document index) {
    return List.copyOf(index.get("key", Document.class).keySet());
  }

  private static void findByReference(
      MongoCollection<Document> threads, List<Copy> copies, KnownThreads known) {
    if (copies.isEmpty()) return;
    var byUser = copies.stream().collect(groupingBy(copy -> copy.delivery().user()));
    var questions = byUser.values().stream().map(Threads::ofUser).toList();
    // Of two threads that both fit the older is taken, each time.
    threads.find(or(questions)).sort(new Document("_id", 1)).forEach(known::add);
  }

  private static Bson ofUser(List<Copy> own) {
    var references = own.stream().flatMap(copy -> copy.conversation().references().stream());
    var user = Fields.id(own.getFirst().delivery().user());
    return and(eq("user", user), in("ids", references.distinct().toList()));
  }

  private static Document document(Joined thread, Instant now) {
    return new Document("_id", thread.id())
        .append("user", thread.user())
        .append("subject", thread.subject())
        .append("ids", List.copyOf(thread.references()))
        .append("updated", now);
  }

  private static WriteModel<Document> change(Joined thread, Instant now) {
    return new UpdateOneModel<>(
        eq("_id", thread.id()),
        Updates.combine(
            Updates.setOnInsert("user", thread.user()),
            Updates.setOnInsert("subject", thread.subject()),
            Updates.addEachToSet("ids", List.copyOf(thread.references())),
            Updates.set("updated", now)),
        new UpdateOptions().upsert(true));
  }
}
