package io.posthouse.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.Document;

/// One database of one cluster, and how it is doing. Safe from any thread.
///
/// Every question ends within bounds: two seconds to find a server, thirty for its answer, unless
/// the URI says otherwise. A write is acknowledged by a majority, from their journals. When MongoDB
/// is down the first to ask wait for that time-out; until it is back, all others are answered at
/// once.
public final class Mongo implements AutoCloseable {
  private static final int FIND_SERVER_MILLIS = 2_000;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 30_000;
  private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

  private final MongoClient client;
  private final MongoDatabase database;
  private final Fuse fuse = new Fuse(InstantSource.system(), BETWEEN_PROBES);

  private Mongo(MongoClient client, String database) {
    this.client = client;
    this.database = client.getDatabase(database);
  }

  /// Connects in the background: a database that is down is no reason not to start.
  ///
  /// @throws IllegalArgumentException if the URI is none
  public static Mongo connect(String uri, String database) {
    var settings =
        MongoClientSettings.builder()
            .applicationName("posthouse")
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .applyToClusterSettings(
                c -> c.serverSelectionTimeout(FIND_SERVER_MILLIS, TimeUnit.MILLISECONDS))
            .applyToSocketSettings(s ->
                s.connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                    .readTimeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS))
            // Last, so that what the operator wrote into the URI wins.
            .applyConnectionString(new ConnectionString(uri))
            .build();
    return new Mongo(MongoClients.create(settings), database);
  }

  /// Asks MongoDB, or says at once that it is down. What `question` expects to go wrong, such as a
  /// duplicate key, it catches itself.
  public <T> T ask(Function<MongoDatabase, T> question) throws MongoDown {
    if (!fuse.admits()) throw new MongoDown(trouble().orElse("MongoDB was down a moment ago"));
    try {
      var answer = question.apply(database);
      fuse.succeeded();
      return answer;
    } catch (MongoInterruptedException e) {
      // We broke off, as at the end of a process: that says nothing about MongoDB.
      throw new MongoDown("interrupted", e);
    } catch (MongoException e) {
      fuse.failed(why(e));
      throw new MongoDown(why(e), e);
    }
  }

  /// For work that is no single question, such as reading something long piece by piece.
  public MongoDatabase database() {
    return database;
  }

  /// What is wrong with MongoDB as far as we have noticed; empty while it answers.
  public Optional<String> trouble() {
    return fuse.trouble();
  }

  /// Asks whether it is there.
  public void ping() throws MongoDown {
    ask(db -> db.runCommand(new Document("ping", 1)));
  }

  @Override
  public void close() {
    client.close();
  }

  private static String why(MongoException e) {
    return "MongoDB: " + String.valueOf(e.getMessage());
  }
}
