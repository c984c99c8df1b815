package io.posthouse.storage.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.posthouse.directory.UserId;
import io.posthouse.storage.intake.RedisSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One connection to Redis, for one thread. Opened when it is needed, and given up when anything
/// goes wrong: a connection that mends itself would hide what was lost.
final class RedisLink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int THREADS = 2;
  private static final String CHANNEL = "wd_events";

  private final RedisURI uri;
  private final ClientResources resources;
  private final RedisClient client;
  private @Nullable StatefulRedisConnection<String, String> open;

  /// Connects to nothing yet.
  ///
  /// @throws IllegalArgumentException if the URI is none
  RedisLink(RedisSettings settings) {
    uri = RedisURI.create(settings.uri().text());
    uri.setDatabase(settings.database());
    uri.setTimeout(PATIENCE);
    // Of the default user; another one stands in the URI, with its password.
    settings
        .password()
        .map(password -> new StaticCredentialsProvider(null, password.text().toCharArray()))
        .ifPresent(uri::setCredentialsProvider);
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
            .build());
  }

  /// Wakes the sessions of these users, and has the counts of the folders made anew.
  ///
  /// @throws IOException if Redis did not do all of it
  void tell(Map<UserId, Set<String>> users) throws IOException {
    try {
      await(send(connection(), users));
    } catch (RedisException e) {
      giveUp();
      throw new IOException("Redis: " + why(e), e);
    } catch (IOException e) {
      giveUp();
      throw e;
    }
  }

  private static List<RedisFuture<?>> send(
      StatefulRedisConnection<String, String> connection, Map<UserId, Set<String>> users) {
    var redis = connection.async();
    var sent = new ArrayList<RedisFuture<?>>();
    // Forgotten and not raised: told twice, a count would be wrong for a day.
    sent.add(redis.del(counts(users)));
    users.keySet().forEach(user -> sent.add(redis.publish(CHANNEL, event(user))));
    connection.flushCommands();
    return sent;
  }

  private static void await(List<RedisFuture<?>> sent) throws IOException {
    if (!LettuceFutures.awaitAll(PATIENCE, sent.toArray(RedisFuture[]::new)))
      throw new IOException("Redis: no answer for " + PATIENCE.toSeconds() + " s");
    for (var future : sent) {
      try {
        future.get(0, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException refused) {
        throw new IOException("Redis: " + why(refused), refused);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  private static String[] counts(Map<UserId, Set<String>> users) {
    return users.values().stream()
        .flatMap(Set::stream)
        .flatMap(folder -> Stream.of("total:" + folder, "unseen:" + folder))
        .toArray(String[]::new);
  }

  private static String event(UserId user) {
    return "{\"e\":\"" + user.hex() + "\"}";
  }

  private StatefulRedisConnection<String, String> connection() {
    if (open == null) {
      open = client.connect(uri);
      open.setAutoFlushCommands(false);
    }
    return open;
  }

  private void giveUp() {
    if (open != null) {
      var _ = open.closeAsync();
    }
    open = null;
  }

  private static String why(Exception e) {
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }

  @Override
  public void close() {
    giveUp();
    client.shutdown(Duration.ZERO, PATIENCE);
    var _ = resources.shutdown(0, PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
