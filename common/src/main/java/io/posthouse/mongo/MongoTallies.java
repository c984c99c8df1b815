package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.posthouse.directory.ScramKeys;
import io.posthouse.lifecycle.AtMost;
import io.posthouse.message.Octets;
import io.posthouse.tally.LocalTallies;
import io.posthouse.tally.Tallies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;

/// Counts that all nodes share, in the collection `posthouse_tallies`: one document for each
/// subject and window, removed by the database when its window is over.
///
/// A count is no mail: it is acknowledged by one member, so that it costs little, and a failover
/// may lose the last of them. While MongoDB is down or slow, this node's own counts go on.
public final class MongoTallies implements Tallies {
  static final String COLLECTION = "posthouse_tallies";
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_PROBES = Duration.ofSeconds(5);
  private static final String COUNT = "n";
  private static final String EXPIRES = "expires";

  private final Mongo mongo;
  private final InstantSource clock;
  private final LocalTallies local;
  private final Fuse fuse;
  private final AtomicBoolean indexed = new AtomicBoolean();

  public MongoTallies(Mongo mongo, InstantSource clock) {
    this.mongo = mongo;
    this.clock = clock;
    this.local = new LocalTallies(clock);
    this.fuse = new Fuse(clock, BETWEEN_PROBES);
  }

  @Override
  public long add(Entry entry, long more) {
    var own = local.add(entry, more);
    return ask(db -> add(db, entry, more)).map(all -> Math.max(all, own)).orElse(own);
  }

  @Override
  public List<Long> counts(List<Entry> entries) {
    var own = local.counts(entries);
    return ask(db -> counts(db, entries)).map(all -> larger(all, own)).orElse(own);
  }

  private long add(MongoDatabase db, Entry entry, long more) {
    var now = clock.instant();
    if (indexed.compareAndSet(false, true)) letExpire(db);
    var document =
        db.getCollection(COLLECTION)
            .withWriteConcern(WriteConcern.W1)
            .findOneAndUpdate(
                eq("_id", id(entry, entry.tally().index(now))),
                Updates.combine(
                    Updates.inc(COUNT, more),
                    Updates.setOnInsert(EXPIRES, entry.tally().expiry(now))),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
    var current = document == null ? more : DirectoryLookup.number(document, COUNT);
    return entry.tally().total(current, previous(db, entry, now), now);
  }

  private static long previous(MongoDatabase db, Entry entry, Instant now) {
    var before =
        db.getCollection(COLLECTION)
            .find(eq("_id", id(entry, entry.tally().index(now) - 1)))
            .first();
    return before == null ? 0 : DirectoryLookup.number(before, COUNT);
  }

  private List<Long> counts(MongoDatabase db, List<Entry> entries) {
    var now = clock.instant();
    Map<String, Long> found = new HashMap<>();
    var ids = entries.stream().flatMap(entry -> ids(entry, now)).toList();
    for (var document : db.getCollection(COLLECTION).find(in("_id", ids)))
      found.put(document.getString("_id"), DirectoryLookup.number(document, COUNT));
    return entries.stream().map(entry -> total(entry, found, now)).toList();
  }

  private static long total(Entry entry, Map<String, Long> found, Instant now) {
    var window = entry.tally().index(now);
    return entry
        .tally()
        .total(
            found.getOrDefault(id(entry, window), 0L),
            found.getOrDefault(id(entry, window - 1), 0L),
            now);
  }

  private static Stream<String> ids(Entry entry, Instant now) {
    var window = entry.tally().index(now);
    return Stream.of(id(entry, window), id(entry, window - 1));
  }

  /// A hash stands for the subject: it has a bounded length, and people type passwords where a name
  /// is asked for.
  private static String id(Entry entry, long window) {
    var hash = ScramKeys.sha256(Octets.utf8(entry.subject())).toArray();
    return entry.tally().name()
        + " "
        + Base64.getUrlEncoder().withoutPadding().encodeToString(hash)
        + " "
        + window;
  }

  private static void letExpire(MongoDatabase db) {
    db.getCollection(COLLECTION)
        .createIndex(
            new Document(EXPIRES, 1), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
  }

  private <T> Optional<T> ask(Function<MongoDatabase, T> question) {
    if (!fuse.admits()) return Optional.empty();
    var answer = AtMost.of(PATIENCE, () -> answer(question)).flatMap(found -> found);
    if (answer.isPresent()) fuse.succeeded();
    else fuse.failed("MongoDB does not count");
    return answer;
  }

  private <T> Optional<T> answer(Function<MongoDatabase, T> question) {
    try {
      return Optional.of(mongo.ask(question));
    } catch (MongoDown _) {
      return Optional.empty();
    }
  }

  private static List<Long> larger(List<Long> some, List<Long> others) {
    var all = new ArrayList<Long>();
    for (int i = 0; i < some.size(); i++) all.add(Math.max(some.get(i), others.get(i)));
    return all;
  }
}
