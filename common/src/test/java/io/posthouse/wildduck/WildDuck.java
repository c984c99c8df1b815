package io.posthouse.wildduck;

import io.posthouse.embedded.WildDuckMongo;
import io.posthouse.peers.NpmPackage;
import io.posthouse.peers.Peer;
import io.posthouse.peers.Ports;
import io.posthouse.peers.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// WildDuck as its authors publish it, unmodified, with a Redis of its own: IMAP, POP3, REST and
/// LMTP over a database that we fill. Where it cannot be had the test is skipped as with any
/// [Peer].
public final class WildDuck implements AutoCloseable {
  private static final String VERSION = "1.51.1";
  private static final String NODE_VERSION = "22.23.3";

  private final String mongoUri;
  private final String database;
  private final Redis redis;
  private final Process process;
  private final Path folder;
  private final int imap = Ports.free();
  private final int pop3 = Ports.free();
  private final int rest = Ports.free();
  private final int lmtp = Ports.free();

  private WildDuck(String mongoUri, String database) {
    var home = installed();
    this.mongoUri = mongoUri;
    this.database = database;
    this.redis = Redis.start();
    try {
      this.folder = Files.createTempDirectory("wildduck-peer");
      this.process = launch(home);
    } catch (IOException e) {
      redis.close();
      throw new UncheckedIOException(e);
    }
  }

  /// One for all tests of a JVM, over a database in memory; it stops with the JVM.
  public static WildDuck shared() {
    return Shared.WILDDUCK;
  }

  /// One of a test's own over a database of that server; returns when it serves.
  public static WildDuck start(String mongoUri, String database) {
    var wildDuck = new WildDuck(mongoUri, database);
    wildDuck.awaitServing();
    return wildDuck;
  }

  /// The connection string of the server its database is on.
  public String mongoUri() {
    return mongoUri;
  }

  public String database() {
    return database;
  }

  /// The connection string of its Redis, with the number of its database there.
  public String redisUri() {
    return "redis://" + Ports.HOST + ":" + redis.port() + "/3";
  }

  /// A session of that user; the password of a user is what it was created with.
  public ImapClient imap(String user, String password) {
    return ImapClient.login(imap, user, password);
  }

  public PopClient pop3(String user, String password) {
    return PopClient.login(pop3, user, password);
  }

  public RestClient rest() {
    return new RestClient(rest);
  }

  public LmtpClient lmtp() {
    return LmtpClient.connect(lmtp);
  }

  public int lmtpPort() {
    return lmtp;
  }

  /// What it logged.
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // It forks workers, which would outlive it.
    var children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    redis.close();
  }

  private static Path installed() {
    Peer.named("redis-server");
    var node = "node-" + platform();
    return NpmPackage.cached(
            "wildduck-" + VERSION + "-node-" + NODE_VERSION,
            "@zone-eu/wildduck@" + VERSION,
            node + "@" + NODE_VERSION)
        .resolve("node_modules");
  }

  /// As Node's authors name their builds.
  private static String platform() {
    var os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    var arm = System.getProperty("os.arch").equals("aarch64");
    return (os ? "darwin" : "linux") + "-" + (arm ? "arm64" : "x64");
  }

  private Process launch(Path home) throws IOException {
    var settings = Files.writeString(folder.resolve("settings.toml"), settings());
    return new ProcessBuilder(
            home.resolve("node-" + platform()).resolve("bin/node").toString(),
            "server.js",
            "--config=" + settings)
        .directory(home.resolve("@zone-eu/wildduck").toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private void awaitServing() {
    for (var port : new int[] {imap, pop3, rest, lmtp})
      Ports.awaitListening("WildDuck", port, process);
  }

  private String settings() {
    return """
    [dbs]
    mongo = "%1$s/%2$s"
    sender = "%2$s-sender"
    [dbs.redis]
    host = "127.0.0.1"
    port = %3$d
    db = 3
    [log]
    level = "info"
    [imap]
    port = %4$d
    host = "127.0.0.1"
    secure = false
    ignoreSTARTTLS = true
    maxConnections = 1000
    [pop3]
    port = %5$d
    host = "127.0.0.1"
    secure = true
    maxMessages = 10000
    [api]
    port = %6$d
    host = "127.0.0.1"
    [lmtp]
    enabled = true
    port = %7$d
    host = "127.0.0.1"
    """
        .formatted(mongoUri, database, redis.port(), imap, pop3, rest, lmtp);
  }

  private static final class Shared {
    static final WildDuck WILDDUCK = startShared();

    private static WildDuck startShared() {
      var mongo = WildDuckMongo.inMemory();
      var wildDuck = WildDuck.start(mongo.uri(), "wildduck");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    wildDuck.close();
                    mongo.close();
                  },
                  "wildduck-stop"));
      return wildDuck;
    }
  }
}
