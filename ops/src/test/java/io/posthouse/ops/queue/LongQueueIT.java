package io.posthouse.ops.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.ops.OpsMain;
import io.posthouse.queue.MailQueue.Put;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A long queue, looked at by processes that have 256 MB. How long is `-Dposthouse.queued`; how
/// long each look takes is printed.
class LongQueueIT {
  private static final int QUEUED = Integer.getInteger("posthouse.queued", 20_000);
  private static final int DOMAINS = 10_000;
  private static final int AT_ONCE = 2_000;
  private static final Duration TIER = Duration.ofMinutes(5);
  private static final KafkaCluster CLUSTER = TestTopics.create(LongQueueIT.class);

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void fill() throws InterruptedException {
    var queue = TestTopics.queue(CLUSTER, Sending.DEFAULT, "worker-1");
    queue.start();
    var lost = new AtomicInteger();
    var free = new Semaphore(AT_ONCE);
    for (int n = 0; n < QUEUED; n++) put(queue, n, free, lost);
    free.acquire(AT_ONCE);
    queue.drain(Duration.ofSeconds(30));
    assertEquals(0, lost.get());
  }

  @AfterAll
  static void forget() {
    TestTopics.delete(CLUSTER);
  }

  @Test
  void a_summary_counts_every_message() throws Exception {
    var lines = timed("queue", "summary", "--format", "json", "--limit", "0");
    assertTrue(lines.getFirst().startsWith("{\"total\":" + QUEUED + ","), lines.getFirst());
    assertEquals(Math.min(QUEUED, DOMAINS), count(lines, "{\"destination\":"));
    assertEquals(
        "{\"reason\":\"452 4.2.2 * is full\",\"messages\":" + QUEUED + "}", lines.getLast());
  }

  @Test
  void one_domain_of_all_is_listed_to_the_message() throws Exception {
    var lines = timed("queue", "list", "--domain", domain(7), "--format", "json");
    assertEquals((QUEUED - 7 + DOMAINS - 1) / DOMAINS, lines.size());
  }

  @Test
  void a_page_of_the_queue_needs_no_more_than_its_beginning() throws Exception {
    assertEquals(101, timed("queue", "list", "--limit", "100").size());
  }

  @Test
  void all_of_it_is_listed_when_asked_for() throws Exception {
    assertEquals(QUEUED + 1, timed("queue", "list", "--limit", "0").size());
  }

  private static long count(List<String> lines, String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).count();
  }

  private static String domain(int n) {
    return "d" + n % DOMAINS + ".example";
  }

  private static void put(KafkaMailQueue queue, int n, Semaphore free, AtomicInteger lost)
      throws InterruptedException {
    free.acquire();
    var _ =
        queue
            .defer(envelope(n), TIER)
            .thenAccept(put -> {
              if (!(put instanceof Put.Queued)) lost.incrementAndGet();
              free.release();
            });
  }

  private static Envelope envelope(int n) {
    var to = Samples.remote("user" + n + "@" + domain(n));
    var envelope =
        Samples.message(
            new Content.InRecord(new RecordPosition("posthouse.remote", 0, n), 4_000), to);
    var now = envelope.queueId().arrived();
    var host = "mx1." + domain(n) + "[192.0.2.1]:25";
    var said = "452 4.2.2 <" + to.address() + "> is full";
    return envelope.deferred(new Attempt(now, "worker-1", host, said), now.plus(TIER));
  }

  /// The lines a command prints.
  private static List<String> timed(String... command) throws Exception {
    var out = Files.createTempFile(folder, "out", "");
    var begun = System.nanoTime();
    var process = new ProcessBuilder(java(command)).redirectOutput(out.toFile()).start();
    var errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), errors);
    System.out.printf(
        "%s of %d messages: %.1f s%n",
        String.join(" ", command), QUEUED, (System.nanoTime() - begun) / 1e9);
    return Files.readAllLines(out);
  }

  private static List<String> java(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(OpsMain.class.getName());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--bootstrap", TestBroker.shared().bootstrap()));
    command.addAll(List.of("--set", "kafka.topic_prefix=" + CLUSTER.topics().prefix()));
    return command;
  }
}
