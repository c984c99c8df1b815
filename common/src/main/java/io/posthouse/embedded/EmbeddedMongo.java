package io.posthouse.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import io.posthouse.lifecycle.CannotStartException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.function.Function;

/// A database that speaks MongoDB's protocol (mongo-java-server over H2's MVStore), in this
/// process. A write is in the file before it is acknowledged, so a killed process loses nothing it
/// promised.
///
/// It has what Posthouse uses of MongoDB; no sessions, transactions or change streams, and nothing
/// expires by TTL.
public final class EmbeddedMongo implements AutoCloseable {
  /// A command waits for its commit on its connection's thread, and who waits together shares the
  /// commit.
  private static final int THREADS = 32;

  private final MongoServer server;
  private final Runnable unlock;
  private final int port;

  private EmbeddedMongo(MongoServer server, Runnable unlock) {
    this.server = server;
    this.unlock = unlock;
    this.port = server.getLocalAddress().getPort();
  }

  /// Where and how the database runs.
  ///
  /// @param port 0 for any free one
  /// @param fsync whether a write is on disk, and not only with the operating system, before it is
  ///   acknowledged
  public record Settings(Path directory, int port, boolean fsync) {
    /// Any free port, nothing acknowledged that is not on disk.
    public static Settings in(Path directory) {
      return new Settings(directory, 0, true);
    }

    public Settings withPort(int port) {
      return new Settings(directory, port, fsync);
    }

    public Settings withFsync(boolean fsync) {
      return new Settings(directory, port, fsync);
    }
  }

  /// Returns once the database serves clients.
  ///
  /// @throws CannotStartException where the port is taken, or the directory is in use
  public static EmbeddedMongo start(Settings settings) {
    var directory = DataDirectory.lock(settings.directory());
    try {
      Loopback.port("MongoDB", settings.port());
      var store = DocumentStore.open(directory.path().resolve("mongo.mv"), settings.fsync());
      return new EmbeddedMongo(serve(new StoredBackend(store), settings.port()), directory::close);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /// On any free port, forgotten when closed.
  public static EmbeddedMongo inMemory() {
    return inMemory(StoredBackend::new);
  }

  /// For tests of clients that ask for more.
  static EmbeddedMongo inMemory(Function<DocumentStore, MongoBackend> backend) {
    return new EmbeddedMongo(serve(backend.apply(DocumentStore.inMemory()), 0), () -> {});
  }

  /// The connection string.
  public String uri() {
    return "mongodb://" + Loopback.HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdownNow();
    unlock.run();
  }

  private static MongoServer serve(MongoBackend backend, int port) {
    var server = new MongoServer(backend);
    try {
      server.bind(Loopback.at(port), 1, THREADS);
      return server;
    } catch (Exception e) { // Netty throws what the channel failed with, declared or not
      server.shutdownNow();
      if (e instanceof BindException) throw Loopback.taken("MongoDB", port, e);
      throw e;
    }
  }
}
