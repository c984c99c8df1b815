package io.posthouse.storage.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.posthouse.peers.Peer;
import io.posthouse.peers.Ports;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Debian's redis-server on a port of its own, which keeps nothing and can be killed.
final class RedisServer implements AutoCloseable {
  static final String PASSWORD = "letmein";

  private final Peer peer = Peer.named("redis-server");
  private final int port = Ports.free();
  private Process process = launch();

  private Process launch() {
    return peer.start(
        "--port",
        String.valueOf(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--requirepass",
        PASSWORD);
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void startAgain() {
    process = launch();
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /// A client of a test's own. Waits for the server to answer.
  Client client() {
    var uri = RedisURI.create("redis://:" + PASSWORD + "@127.0.0.1:" + port + "/3");
    return new Client(RedisClient.create(uri));
  }

  @Override
  public void close() {
    kill();
  }

  /// What WildDuck does with Redis: it listens, and remembers counts.
  static final class Client implements AutoCloseable {
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private Client(RedisClient client) {
      this.client = client;
      this.connection = client.connect();
      var listening = client.connectPubSub();
      listening.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
              heard.add(channel + " " + message);
            }
          });
      listening.sync().subscribe("wd_events");
    }

    void set(String key) {
      connection.sync().set(key, "7");
    }

    boolean has(String key) {
      return connection.sync().exists(key) == 1;
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }
}
