package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.kafka.TopicAdmin;
import io.posthouse.kafka.TopicPlan;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.message.SiteName;
import io.posthouse.ops.OpsMain;
import io.posthouse.queue.MailQueue.Put;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A long queue of deferred mail, looked at by processes as the launcher starts them, of which none
/// may need more than 256 MB. How long is `-Dposthouse.queued`; how long each process takes, and
/// what it needs, is printed.
final class LongQueue implements AutoCloseable {
  static final int MESSAGES = Integer.getInteger("posthouse.queued", 20_000);
  static final int DOMAINS = 10_000;
  static final int SITES = 100;

  /// Of the first nobody knows their site: they count with the others for their domain.
  static final int WITHOUT_SITE = MESSAGES < 2 * DOMAINS ? 0 : DOMAINS;

  /// Nothing is due before a test is over.
  static final Duration TIER = Duration.ofHours(4);

  private static final int AT_ONCE = 2_000;

  /// In KiB.
  private static final long MOST_MEMORY = 256 << 10;

  private final KafkaCluster cluster;
  private final Path folder;

  LongQueue(Class<?> test, Path folder) throws KafkaUnreachable, InterruptedException {
    this.folder = folder;
    cluster = TestTopics.create(test);
    var layout = new TopicPlan.Layout(3, 2, 1, false);
    var tier = TopicPlan.of(cluster.topics(), layout, Set.of(TIER));
    var refused = new TopicAdmin(cluster, Duration.ofSeconds(30)).create(tier).refused();
    assertTrue(refused.isEmpty(), refused::toString);
    fill(MESSAGES, (queue, n) -> queue.defer(deferred(n), TIER));
  }

  KafkaCluster cluster() {
    return cluster;
  }

  /// What a queue is asked to take.
  interface Filling {
    CompletionStage<Put> put(KafkaMailQueue queue, int number);
  }

  /// Puts so many messages somewhere.
  void fill(int messages, Filling filling) throws InterruptedException {
    var queue = TestTopics.queue(cluster, Sending.DEFAULT, "worker-1");
    queue.start();
    var lost = new AtomicInteger();
    var free = new Semaphore(AT_ONCE);
    for (int n = 0; n < messages; n++) {
      free.acquire();
      var _ =
          filling
              .put(queue, n)
              .thenAccept(put -> {
                if (!(put instanceof Put.Queued)) lost.incrementAndGet();
                free.release();
              });
    }
    free.acquire(AT_ONCE);
    queue.drain(Duration.ofSeconds(30));
    assertEquals(0, lost.get());
  }

  /// How many of the messages are for these domains.
  static int of(IntStream domains) {
    return domains.map(domain -> (MESSAGES - domain + DOMAINS - 1) / DOMAINS).sum();
  }

  static String domain(int n) {
    return "d" + n % DOMAINS + ".example";
  }

  /// Where the mail of many of the domains goes.
  static String site(int n) {
    return "mx1.p%1$d.example:25,mx2.p%1$d.example:25".formatted(n % DOMAINS % SITES);
  }

  /// Who sends to ten of the domains.
  static String sender(int n) {
    return "s" + n % DOMAINS / 10 + "@example.com";
  }

  private static Envelope deferred(int n) {
    var to = Samples.remote("user" + n + "@" + domain(n));
    var envelope =
        Samples.from(
            new ReversePath.Sender(MailAddress.of(sender(n))),
            Samples.message(
                new Content.InRecord(new RecordPosition("posthouse.remote", 0, n), 4_000), to));
    var now = envelope.queueId().arrived();
    var host = "mx1." + domain(n) + "[192.0.2.1]:25";
    var said = "452 4.2.2 <" + to.address() + "> is full";
    var deferred = envelope.deferred(new Attempt(now, "worker-1", host, said), now.plus(TIER));
    return n < WITHOUT_SITE ? deferred : deferred.to(new SiteName(site(n)));
  }

  /// The lines a command prints.
  List<String> run(String... command) throws Exception {
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var begun = System.nanoTime();
    var process =
        new ProcessBuilder(java(command))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    var memory = awaitEnd(process);
    assertEquals(0, process.exitValue(), () -> text(err));
    System.out.printf(
        "%s of %d messages: %.1f s, %d MB%n",
        String.join(" ", command), MESSAGES, (System.nanoTime() - begun) / 1e9, memory >> 10);
    assertTrue(memory <= MOST_MEMORY, () -> memory + " KiB");
    return Files.readAllLines(out);
  }

  /// The most KiB it has had in memory at one time, where the system tells.
  private static long awaitEnd(Process process) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    var most = 0L;
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, peak(process));
      assertTrue(System.nanoTime() < deadline, "it does not end");
    }
    return most;
  }

  private static long peak(Process process) {
    try (var facts = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      return facts
          .filter(fact -> fact.startsWith("VmHWM:"))
          .mapToLong(fact -> Long.parseLong(fact.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException over) {
      return 0;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> java(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(OpsMain.class.getName());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--bootstrap", TestBroker.shared().bootstrap()));
    command.addAll(List.of("--set", "kafka.topic_prefix=" + cluster.topics().prefix()));
    return command;
  }

  @Override
  public void close() {
    TestTopics.delete(cluster);
  }
}
