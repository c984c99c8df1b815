package io.posthouse.storage.mongo;

import com.mongodb.client.MongoDatabase;
import io.posthouse.mongo.DirectoryIndexes;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Listeners;
import io.posthouse.storage.mailbox.MailboxStore;
import io.posthouse.telemetry.Events;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Mailboxes in the collections of WildDuck, so that an unmodified WildDuck serves them.
///
/// No transaction and no update by pipeline: the order of the steps ([Step]) and what each leaves
/// behind make a batch that broke off safe to store again.
public final class MongoMailboxStore implements MailboxStore {
  private static final Logger log = LoggerFactory.getLogger(MongoMailboxStore.class);

  /// Commands open at a time; each waits mostly for a journal to reach the disk.
  private static final int AT_ONCE = 24;

  /// Two writers may meet while a partition changes hands; one of them lets go soon.
  private static final int TRIES = 5;

  private final Mongo mongo;
  private final InstantSource clock;
  private final BetweenBatches between;
  private volatile boolean prepared;

  /// Tells nobody, and refuses what cannot be encrypted for who wants it encrypted.
  public MongoMailboxStore(Mongo mongo, InstantSource clock) {
    this(mongo, Listeners.NONE, AtRest.ALWAYS, _ -> {}, clock);
  }

  /// @param listeners told of what is stored
  /// @param events told of messages that are not laid out as they should be
  public MongoMailboxStore(
      Mongo mongo, Listeners listeners, AtRest atRest, Events events, InstantSource clock) {
    this(mongo, listeners, atRest, events, clock, _ -> {});
  }

  /// @param before hears of each step before it is done; what it throws breaks the batch off
  MongoMailboxStore(
      Mongo mongo,
      Listeners listeners,
      AtRest atRest,
      Events events,
      InstantSource clock,
      Consumer<Step> before) {
    this.mongo = mongo;
    this.clock = clock;
    this.between =
        new BetweenBatches(
            new Folders(), new Threads(), new Parallel(AT_ONCE), atRest, listeners, events, before);
  }

  @Override
  public Answer store(List<Delivery> batch) {
    try {
      for (int i = 0; i < TRIES; i++) {
        var outcomes =
            mongo.ask(db -> {
              prepare(db);
              return new StoreBatch(db, between, clock.instant(), batch).store();
            });
        if (outcomes.isPresent()) return new Answer.Answered(outcomes.get());
      }
      return new Answer.Unavailable("another writer stores for the same user");
    } catch (MongoDown down) {
      return new Answer.Unavailable(down.why());
    }
  }

  /// Mail is stored without them, only slower, and they are WildDuck's to make.
  private static void warnOfMissing(MongoDatabase db) {
    var missing =
        MongoIndexes.states(db).stream()
            .filter(index -> !index.isThere())
            .map(index -> index.collection() + " " + index.keys())
            .toList();
    if (!missing.isEmpty())
      log.warn(
          "{} indexes are missing, and serving mail is slow without them; WildDuck makes them when"
              + " it starts, and so does `posthouse storage indexes --create`: {}",
          missing.size(),
          String.join(", ", missing));
  }

  /// Creates, before the first message, the unique indexes that "stored once" and every query rest
  /// on. Here and not at the start, because MongoDB may be down then.
  private void prepare(MongoDatabase db) {
    if (prepared) return;
    var indexes = new DirectoryIndexes(db);
    indexes.ensure();
    indexes.unique(Fields.ATTACHMENT_CHUNKS, "files_id", "n");
    new Past(db).prepare();
    new Ciphertexts(db).prepare();
    warnOfMissing(db);
    prepared = true;
  }
}
