package io.posthouse.storage.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisException;
import io.posthouse.config.Secret;
import io.posthouse.directory.UserId;
import io.posthouse.storage.intake.RedisSettings;
import io.posthouse.storage.mailbox.Listeners.Arrival;
import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RedisPeerIT {
  private static final UserId ALICE = new UserId("a".repeat(24));
  private static final UserId BOB = new UserId("b".repeat(24));

  private final RedisServer server = new RedisServer();
  private final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private final Metrics metrics = new Metrics();
  private final DependencyState state =
      new DependencyState(Dependency.REDIS, events::add, InstantSource.system());
  private final RedisListeners listeners = listeners(RedisServer.PASSWORD);

  @AfterEach
  void close() {
    listeners.close();
    server.close();
  }

  @Test
  void sessions_are_woken_and_counts_are_made_anew() {
    try (var wildduck = client()) {
      wildduck.set("total:f1");
      wildduck.set("unseen:f1");
      wildduck.set("total:f2");
      listeners.start();
      listeners.arrived(List.of(new Arrival(ALICE, "f1"), new Arrival(BOB, "f3")));
      await().until(() -> wildduck.heard.size() == 2);
      assertEquals(List.of(event(ALICE), event(BOB)), List.copyOf(wildduck.heard));
      assertFalse(wildduck.has("total:f1"));
      assertFalse(wildduck.has("unseen:f1"));
      assertTrue(wildduck.has("total:f2"), "the count of another folder");
      listeners.drain(Duration.ofSeconds(60));
      assertEquals(2.0, metrics.registry().getSampleValue("mail_push_total"));
    }
  }

  @Test
  void while_redis_is_down_nobody_waits_and_when_it_is_back_all_are_told() {
    client().close();
    listeners.start();
    listeners.arrived(List.of(new Arrival(ALICE, "f1")));
    await().until(() -> told() == 1);
    server.kill();
    listeners.arrived(List.of(new Arrival(ALICE, "f1")));
    await().until(() -> state.now() instanceof Health.NotOk);
    listeners.arrived(List.of(new Arrival(BOB, "f1"), new Arrival(BOB, "f2")));
    assertInstanceOf(Health.Degraded.class, state.now().atMostDegraded());
    assertEquals(1, events.size(), "told to the log");

    server.startAgain();
    try (var wildduck = client()) {
      await().until(() -> state.now() instanceof Health.Ok);
      await().until(() -> told() == 3);
      listeners.arrived(List.of(new Arrival(BOB, "f2")));
      await().until(() -> wildduck.heard.contains(event(BOB)));
    }
    assertEquals(0.0, metrics.registry().getSampleValue("mail_push_lost_total"));
    assertEquals(2, events.size(), "told to the log");
  }

  @Test
  void a_wrong_password_is_said_to_be_one() {
    client().close();
    var state = new DependencyState(Dependency.REDIS, events::add, InstantSource.system());
    var settings = settings("wrong");
    var refused = new RedisListeners(settings, state, new Metrics());
    refused.start();
    refused.arrived(List.of(new Arrival(ALICE, "f1")));
    await().until(() -> state.now() instanceof Health.NotOk);
    var why = ((Health.NotOk) state.now()).reason();
    assertTrue(why.contains("WRONGPASS"), why);
    assertFalse(why.contains("wrong "), why);
    refused.close();
  }

  private double told() {
    return metrics.registry().getSampleValue("mail_push_total");
  }

  private static String event(UserId user) {
    return "wd_events {\"e\":\"" + user.hex() + "\"}";
  }

  /// Once the server answers.
  private RedisServer.Client client() {
    return await()
        .ignoreExceptionsInstanceOf(RedisException.class)
        .until(server::client, _ -> true);
  }

  private RedisListeners listeners(String password) {
    return new RedisListeners(settings(password), state, metrics);
  }

  private RedisSettings settings(String password) {
    return new RedisSettings(Secret.uri(server.uri()), 3, Optional.of(Secret.of(password)));
  }
}
