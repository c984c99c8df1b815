package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What long content costs the edge, while it comes in on many sockets and the queue is slow.
class ContentMemoryIT {
  private static final int SESSIONS = 100;
  // It makes no difference to what is held; `-Dposthouse.megabytes=50` is the whole of it.
  private static final int MEGABYTES = Integer.getInteger("posthouse.megabytes", 3);
  private static final String MAIL =
      """
      S: 220
      C: EHLO client.example.org
      S: 250
      C: MAIL FROM:<>
      S: 250
      C: RCPT TO:<bob@example.net>
      S: 250
      C: DATA
      S: 354
      """;

  private final AtomicLong mostHeld = new AtomicLong();
  private final AtomicLong mostUnderWay = new AtomicLong();
  private final DistantQueue queue = new DistantQueue(Duration.ofMillis(3), this::measure);
  private TestEdge edge = new TestEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  private void measure() {
    mostHeld.accumulateAndGet(gauge("edge_content_held_bytes"), Math::max);
    mostUnderWay.accumulateAndGet(gauge("edge_uploads_bytes"), Math::max);
  }

  private long gauge(String name) {
    return edge.metrics.registry().getSampleValue(name).longValue();
  }

  private void send(String megabyte) {
    try (var client = edge.client("mx")) {
      client.play(MAIL);
      for (int i = 0; i < MEGABYTES; i++) client.send(megabyte);
      client.play("C: .\nS: 250 2.0.0\nC: QUIT\nS: 221");
    }
  }

  private void sendFromAll() {
    var megabyte = SmtpClient.lines(1 << 20);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, SESSIONS)
              .mapToObj(_ -> CompletableFuture.runAsync(() -> send(megabyte), threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    }
    assertEquals((long) SESSIONS * MEGABYTES * megabyte.length(), queue.octets());
    await().until(() -> gauge("edge_content_held_bytes") == 0);
    assertEquals(0, gauge("edge_uploads_bytes"));
  }

  @Test
  void a_session_costs_a_few_hundred_kilobytes_however_long_its_message() {
    edge = new TestEdge("threads=2").on(queue).start();
    sendFromAll();
    assertTrue(mostHeld.get() <= SESSIONS * (320L << 10), () -> "held: " + mostHeld);
  }

  @Test
  void all_uploads_together_stay_within_their_limit() {
    edge = new TestEdge("threads=2", "limits.uploads=1MiB").on(queue).start();
    sendFromAll();
    // Each of the two event loops may find the window open at the same time.
    assertTrue(mostUnderWay.get() <= (1 << 20) + 2 * (128 << 10), () -> "sent: " + mostUnderWay);
  }
}
