package io.posthouse.storage.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisSettingsTest {
  @Test
  void without_a_uri_there_is_no_redis() throws ConfigException {
    assertEquals(Optional.empty(), read());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "redis://redis-1 3",
        "redis://redis-1:6379/ 3",
        "rediss://wildduck:secret@redis-1:6379/0 0",
        "redis-sentinel://a:26379,b:26379/5#master 5",
        "redis://redis-1?timeout=1s 3",
      })
  void the_database_is_wildducks_unless_the_uri_names_one(String uri, int database)
      throws ConfigException {
    var settings = read("uri=" + uri).orElseThrow();
    assertEquals(database, settings.database());
    assertFalse(settings.toString().contains("secret"), settings.toString());
  }

  @Test
  void what_cannot_be_used_is_named() {
    assertProblem("storage.redis.uri", "uri=localhost:6379");
    assertProblem("storage.redis.uri", "uri=redis://");
    assertProblem("storage.redis.password", "password=x");
  }

  private static void assertProblem(String key, String... written) {
    var refused = assertThrows(ConfigException.class, () -> read(written));
    assertTrue(refused.problems().toString().contains(key), refused.problems().toString());
  }

  private static Optional<RedisSettings> read(String... written) throws ConfigException {
    var overrides = List.of(written).stream().map(text -> "storage.redis." + text).toList();
    return SettingsFile.defaults()
        .with(overrides)
        .read(in -> RedisSettings.read(in.section("storage").section("redis")))
        .settings();
  }
}
