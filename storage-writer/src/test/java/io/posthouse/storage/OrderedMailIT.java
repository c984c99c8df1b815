package io.posthouse.storage;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.embedded.TestMongo;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import io.posthouse.storage.mailbox.MailboxReader.Entry;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Orders about mail between a real queue and a real database.
final class OrderedMailIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MESSAGES = 30;

  private int given;

  @Test
  void the_mail_of_one_user_is_held_and_comes_back_whole_and_once() throws IOException {
    var database = TestMongo.shared().freshDatabase(getClass());
    try (var rig = new StorageRig(getClass(), TestMongo.shared().uri(), database)) {
      var users = List.of(rig.addUser(), rig.addUser(), rig.addUser());
      var movers = rig.movers();
      movers.forEach(Service::start);
      users.forEach(user -> put(rig, user, MESSAGES));
      order(rig, new Act.Hold(), to(users.getFirst()));
      rig.start();
      users.forEach(user -> put(rig, user, MESSAGES));
      await().atMost(LONG).until(() -> rig.queued(Place.HELD).size() == 2 * MESSAGES);
      await().atMost(LONG).until(() -> rig.stored() == 4 * MESSAGES);
      assertEquals(0, inbox(rig, users.getFirst()).size());

      // Two operators at once, and a writer that starts anew.
      order(rig, new Act.Release(), to(users.getFirst()));
      rig.stop();
      order(rig, new Act.Release(), to(users.getFirst()));
      rig.start();
      for (var user : users)
        await().atMost(LONG).until(() -> inbox(rig, user).size() == 2 * MESSAGES);
      await().atMost(LONG).until(() -> owed(rig) == 0);
      for (var user : users)
        assertEquals(2 * MESSAGES, new HashSet<>(ids(inbox(rig, user))).size());
      for (var act : List.of(Act.Kind.HOLD, Act.Kind.RELEASE)) {
        // A mover tells of what it has done a moment after it did it.
        await().atMost(LONG).until(() -> touched(rig, act) >= 2 * MESSAGES);
        assertEquals(2 * MESSAGES, touched(rig, act));
      }
      movers.reversed().forEach(Service::close);
    }
  }

  @Test
  void what_is_returned_has_one_dsn_each_though_the_writer_starts_anew() throws IOException {
    var database = TestMongo.shared().freshDatabase(getClass());
    try (var rig = new StorageRig(getClass(), TestMongo.shared().uri(), database)) {
      var user = rig.addUser();
      put(rig, user, 10 * MESSAGES);
      var kept = rig.put(from("friend@example.org", message(user))).join();
      order(rig, new Act.Bounce(), from("sender@example.com"));
      order(rig, new Act.Bounce(), from("sender@example.com"));
      rig.start();
      await().atMost(LONG).until(() -> bounced(rig) >= MESSAGES);
      rig.stop();
      rig.start();
      await().atMost(LONG).until(() -> owed(rig) == 10 * MESSAGES);
      var dsns = rig.queued(Place.FIRST);
      assertEquals(
          10 * MESSAGES, new HashSet<>(dsns.stream().map(Envelope::queueId).toList()).size());
      for (var dsn : dsns) assertTrue(text(dsn).contains("as you asked"), () -> text(dsn));
      assertEquals(List.of(kept.queueId().text()), ids(inbox(rig, user)));
      assertEquals(10 * MESSAGES, touched(rig, Act.Kind.BOUNCE));
    }
  }

  @Test
  void what_is_returned_after_the_log_has_forgotten_it_has_one_dsn_each_and_no_loop() {
    var database = TestMongo.shared().freshDatabase(getClass());
    try (var rig = new StorageRig(getClass(), TestMongo.shared().uri(), database)) {
      var user = rig.addUser();
      var movers = rig.movers();
      movers.forEach(Service::start);
      put(rig, user, MESSAGES);
      order(rig, new Act.Hold(), to(user));
      rig.start();
      await().atMost(LONG).until(() -> rig.queued(Place.HELD).size() == MESSAGES);
      rig.forget(rig.topics().local());
      order(rig, new Act.Bounce(), to(user));
      await().atMost(LONG).until(() -> bounced(rig) == MESSAGES);
      await().atMost(LONG).until(() -> owed(rig) == MESSAGES);
      var dsns = rig.queued(Place.FIRST);
      assertEquals(MESSAGES, new HashSet<>(dsns.stream().map(Envelope::queueId).toList()).size());
      for (var dsn : dsns) {
        assertTrue(text(dsn).contains("as you asked"), () -> text(dsn));
        assertFalse(text(dsn).contains("rfc822-headers"), () -> text(dsn));
      }
      assertEquals(List.of(), buried(rig));
      movers.reversed().forEach(Service::close);
    }
  }

  @Test
  void what_waits_for_a_database_that_is_down_can_be_dropped(@TempDir Path folder)
      throws IOException {
    var settings = EmbeddedMongo.Settings.in(folder);
    var server = EmbeddedMongo.start(settings);
    var uri = server.uri() + "/?serverSelectionTimeoutMS=200";
    try (var rig = new StorageRig(getClass(), uri, "storage")) {
      var dropped = rig.addUser();
      var stored = rig.addUser();
      rig.start();
      put(rig, stored, 1);
      await().atMost(LONG).until(() -> rig.stored() == 1);
      var port = server.port();
      server.close();
      put(rig, dropped, 10 * MESSAGES);
      put(rig, stored, MESSAGES);
      await().atMost(LONG).until(() -> !rig.health.report().isReady());
      order(rig, new Act.Drop(), to(dropped));
      await().atMost(LONG).until(() -> owed(rig) == MESSAGES);
      assertEquals(10 * MESSAGES, touched(rig, Act.Kind.DROP));
      assertTrue(!rig.health.report().isReady());

      server = EmbeddedMongo.start(settings.withPort(port));
      await().atMost(LONG).until(() -> owed(rig) == 0);
      assertEquals(MESSAGES + 1, inbox(rig, stored).size());
      assertEquals(0, inbox(rig, dropped).size());
    } finally {
      server.close();
    }
  }

  private void order(StorageRig rig, Act act, QueueFilter filter) {
    var directive =
        new Directive(
            act.kind().word() + "-" + ++given,
            act,
            filter,
            Instant.now(),
            Optional.empty(),
            "as you asked",
            "olga");
    var operator = rig.operator();
    operator.start();
    operator.give(directive);
    await().atMost(LONG).until(() -> operator.known().find(directive.id()).isPresent());
    operator.close();
  }

  private static QueueFilter to(UserId user) {
    return QueueFilter.of(new Criterion.Recipient(path(address(user))));
  }

  private static QueueFilter from(String sender) {
    return QueueFilter.of(new Criterion.Sender(path(sender)));
  }

  private static PathPattern path(String text) {
    return PathPattern.parse(text).orElseThrow();
  }

  private static String address(UserId user) {
    return "u" + user.hex() + "@example.test";
  }

  private static void put(StorageRig rig, UserId user, int messages) {
    Stream.generate(() -> rig.put(message(user)))
        .limit(messages)
        .toList()
        .forEach(CompletableFuture::join);
  }

  private static Envelope message(UserId user) {
    var to = new Recipient(MailAddress.of(address(user)), new Destination.Local(user));
    return Samples.message(Samples.text("Subject: x\r\n\r\n.\r\n"), to);
  }

  private static Envelope from(String sender, Envelope message) {
    return Samples.from(new ReversePath.Sender(MailAddress.of(sender)), message);
  }

  private static List<Entry> inbox(StorageRig rig, UserId user) throws IOException {
    return rig.reader().list(user, "INBOX");
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(Entry::queueId).toList();
  }

  private static long owed(StorageRig rig) {
    return rig.queued(Place.FIRST, Place.DUE, Place.HELD).size();
  }

  private static long touched(StorageRig rig, Act.Kind act) {
    return rig.events.stream()
        .filter(
            event -> event instanceof MailEvent.Directed directed && directed.act().kind() == act)
        .count();
  }

  private static long bounced(StorageRig rig) {
    return rig.events.stream().filter(MailEvent.Bounced.class::isInstance).count();
  }

  private static List<MailEvent> buried(StorageRig rig) {
    return rig.events.stream().filter(MailEvent.DeadLettered.class::isInstance).toList();
  }

  private static String text(Envelope dsn) {
    var content = (Content.Inline) dsn.content();
    return new String(content.octets().toArray(), StandardCharsets.UTF_8);
  }
}
