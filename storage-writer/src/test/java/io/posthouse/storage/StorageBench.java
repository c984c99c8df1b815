package io.posthouse.storage;

import com.sun.management.OperatingSystemMXBean;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.message.Octets;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mongo.MongoMailboxStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// How fast messages are stored in the embedded database, on disk, with fsync: `StorageBench
/// MESSAGES OCTETS BATCH WRITERS`. Measures; asserts nothing.
final class StorageBench {
  private static final int USERS_A_WRITER = 100;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private StorageBench() {}

  public static void main(String... arguments) throws Exception {
    var messages = Integer.parseInt(arguments[0]);
    var octets = Integer.parseInt(arguments[1]);
    var batch = Integer.parseInt(arguments[2]);
    var writers = Integer.parseInt(arguments[3]);
    var folder = Files.createTempDirectory(Path.of("target"), "bench");
    try (var server = EmbeddedMongo.start(EmbeddedMongo.Settings.in(folder));
        var mongo = Mongo.connect(server.uri(), "bench")) {
      var store = new MongoMailboxStore(mongo, InstantSource.system());
      var users = users(mongo, writers);
      for (int round = 1; round <= 5; round++) {
        var work = new ArrayList<List<Delivery>>();
        for (var own : users) work.add(mail(own, messages / writers, octets));
        var cpu = cpuNanos();
        var took = run(store, work, batch);
        System.out.printf(
            "round %d: %d messages of %d octets, batches of %d, %d writers: %.0f messages/s, %.2f ms of CPU each%n",
            round,
            messages,
            octets,
            batch,
            writers,
            messages * 1e9 / took.toNanos(),
            (cpuNanos() - cpu) / 1e6 / messages);
      }
    }
  }

  /// Of the whole process: our writer, the driver and the database.
  private static long cpuNanos() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime();
  }

  private static Duration run(MongoMailboxStore store, List<List<Delivery>> work, int batch)
      throws Exception {
    var start = System.nanoTime();
    var running = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var own : work) running.add(threads.submit(() -> storeAll(store, own, batch)));
    }
    for (var one : running) one.get();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void storeAll(MongoMailboxStore store, List<Delivery> mail, int batch) {
    for (int from = 0; from < mail.size(); from += batch) {
      var some = mail.subList(from, Math.min(mail.size(), from + batch));
      if (!(store.store(some) instanceof Answer.Answered))
        throw new IllegalStateException("the database does not answer");
    }
  }

  private static List<List<UserId>> users(Mongo mongo, int writers) throws Exception {
    var all = new ArrayList<List<UserId>>();
    for (int w = 0; w < writers; w++) {
      var own = new ArrayList<UserId>();
      for (int i = 0; i < USERS_A_WRITER; i++) {
        var address = MailAddress.of("u%d-%d@example.test".formatted(w, i));
        own.add(((Creation.Created) new MongoUsers(mongo).create(address, "x", 0)).user());
      }
      all.add(own);
    }
    return all;
  }

  private static List<Delivery> mail(List<UserId> users, int messages, int octets) {
    var mail = new ArrayList<Delivery>();
    for (int i = 0; i < messages; i++)
      mail.add(Deliveries.to(users.get(i % users.size()), content(octets)));
    return mail;
  }

  private static Octets content(int octets) {
    var line = "The quick brown fox jumps over the lazy dog, and does so again tomorrow.\r\n";
    return Octets.utf8(
        "From: Alice <alice@example.net>\r\nTo: Bob <bob@example.test>\r\nSubject: bench\r\n"
            + "Date: Mon, 2 Mar 2026 08:14:07 +0000\r\nMessage-ID: <"
            + NUMBERS.incrementAndGet()
            + "@example.net>\r\n\r\n"
            + line.repeat(Math.max(1, octets / line.length())));
  }
}
