package io.posthouse.storage.wildduck;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.config.Secret;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.intake.RedisSettings;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mongo.AtRest;
import io.posthouse.storage.mongo.MongoMailboxStore;
import io.posthouse.storage.redis.RedisListeners;
import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A session of the real WildDuck that waits hears of mail that we store.
final class IdlePushPeerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void a_session_that_waits_is_told_of_new_mail() {
    try (var mailboxes = new ServedMailboxes();
        var mongo = Mongo.connect(mailboxes.wildDuck.mongoUri(), mailboxes.wildDuck.database())) {
      var listeners = listeners(mailboxes.wildDuck.redisUri());
      listeners.start();
      var store =
          new MongoMailboxStore(mongo, listeners, AtRest.ALWAYS, _ -> {}, InstantSource.system());
      var owner = mailboxes.addUser();
      try (var imap = mailboxes.imap(owner)) {
        assertEquals(0, imap.select("INBOX"));
        imap.idle();
        var mail = Deliveries.to(owner.id(), "Subject: now\r\n\r\nx\r\n");
        assertInstanceOf(Answer.Answered.class, store.store(List.of(mail)));
        await()
            .atMost(PATIENCE)
            .until(() -> imap.news(PATIENCE).filter(news -> news.contains("1 EXISTS")).isPresent());
        imap.endIdle();
      } finally {
        listeners.close();
      }
    }
  }

  private static RedisListeners listeners(String uri) {
    var state = new DependencyState(Dependency.REDIS, _ -> {}, InstantSource.system());
    var settings = new RedisSettings(Secret.uri(uri), 3, Optional.empty());
    return new RedisListeners(settings, state, new Metrics());
  }
}
