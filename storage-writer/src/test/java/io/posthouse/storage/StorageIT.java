package io.posthouse.storage;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.UserId;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.embedded.TestMongo;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.storage.mailbox.MailboxReader.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a real queue into a real database.
final class StorageIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void every_message_of_the_queue_is_in_its_mailbox_once_whatever_is_restarted()
      throws IOException {
    var database = TestMongo.shared().freshDatabase(getClass());
    try (var rig = new StorageRig(getClass(), TestMongo.shared().uri(), database)) {
      var users = List.of(rig.addUser(), rig.addUser(), rig.addUser());
      put(rig, users, 600);
      rig.start();
      await().atMost(LONG).until(() -> rig.stored() > 100);
      rig.abandon();
      put(rig, users, 300);
      rig.start();
      await().atMost(LONG).until(() -> messages(rig, users).size() == 900);
      rig.stop();
      assertOnce(rig, users, 900);
    }
  }

  @Test
  void long_content_comes_from_its_chunks() throws IOException {
    var database = TestMongo.shared().freshDatabase(getClass());
    try (var rig = new StorageRig(getClass(), TestMongo.shared().uri(), database)) {
      var user = rig.addUser();
      rig.start();
      var first = Octets.utf8("Subject: long\r\n\r\n" + "x".repeat(700_000));
      var second = Octets.utf8("y".repeat(700_000) + "\r\n");
      var id = Samples.queueId();
      var upload = rig.queue.upload(id);
      upload.write(first).toCompletableFuture().join();
      upload.write(second).toCompletableFuture().join();
      var envelope = rig.put(id, user, upload.finish().toCompletableFuture().join()).join();
      await().atMost(LONG).until(() -> rig.stored() == 1);

      var raw = new ByteArrayOutputStream();
      assertTrue(rig.reader().writeRaw(user, "INBOX", 1, raw));
      var expected = new ByteArrayOutputStream();
      envelope.trace().writeTo(expected);
      first.writeTo(expected);
      second.writeTo(expected);
      // Before it stand the two lines of the final delivery.
      var message = raw.toByteArray();
      var from = message.length - expected.size();
      assertArrayEquals(expected.toByteArray(), Arrays.copyOfRange(message, from, message.length));
    }
  }

  @Test
  void a_database_that_goes_away_costs_time_and_nothing_else(@TempDir Path folder)
      throws IOException {
    var settings = EmbeddedMongo.Settings.in(folder);
    var server = EmbeddedMongo.start(settings);
    var uri = server.uri() + "/?serverSelectionTimeoutMS=200";
    try (var rig = new StorageRig(getClass(), uri, "storage")) {
      var users = List.of(rig.addUser(), rig.addUser());
      rig.start();
      put(rig, users, 50);
      await().atMost(LONG).until(() -> rig.stored() == 50);
      await().atMost(LONG).until(() -> rig.health.report().isReady());

      var port = server.port();
      server.close();
      put(rig, users, 100);
      await().atMost(LONG).until(() -> !rig.health.report().isReady());
      assertEquals(50, rig.stored());
      assertFalse(rig.health.report().isReady());

      server = EmbeddedMongo.start(settings.withPort(port));
      await().atMost(LONG).until(() -> rig.stored() == 150);
      await().atMost(LONG).until(() -> rig.health.report().isReady());
      assertOnce(rig, users, 150);
    } finally {
      server.close();
    }
  }

  private static void put(StorageRig rig, List<UserId> users, int messages) {
    var puts = new ArrayList<CompletableFuture<Envelope>>();
    for (int i = 0; i < messages; i++)
      puts.add(
          rig.put(users.get(i % users.size()), Samples.text("Subject: " + i + "\r\n\r\n.\r\n")));
    puts.forEach(CompletableFuture::join);
  }

  private static List<Entry> messages(StorageRig rig, List<UserId> users) throws IOException {
    var all = new ArrayList<Entry>();
    for (var user : users) all.addAll(rig.reader().list(user, "INBOX"));
    return all;
  }

  private static void assertOnce(StorageRig rig, List<UserId> users, int messages)
      throws IOException {
    var ids = messages(rig, users).stream().map(Entry::queueId).toList();
    assertEquals(messages, ids.size());
    assertEquals(messages, new HashSet<>(ids).size());
  }
}
