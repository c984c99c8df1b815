package io.posthouse.edge;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that send message after message to `bob@example.net`, short ones and long ones, and
/// remember what they were told.
final class Senders implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String LONG = SmtpClient.lines(400_000);

  private final TestEdge edge;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger deferred = new AtomicInteger();
  private final Set<String> odd = new ConcurrentSkipListSet<>();
  private volatile boolean stopping;

  Senders(TestEdge edge, int count) {
    this.edge = edge;
    for (int i = 0; i < count; i++) {
      var isLong = i % 4 == 0;
      threads.execute(() -> send(isLong));
    }
  }

  /// Waits until some more messages are accepted than are now.
  void awaitAccepted() {
    var before = accepted.size();
    await().atMost(PATIENCE).until(() -> accepted.size() > before + 10);
  }

  /// Waits until some more messages are deferred than are now.
  void awaitDeferred() {
    var before = deferred.get();
    await().atMost(PATIENCE).until(() -> deferred.get() > before + 3);
  }

  /// The queue ids we were promised.
  Set<String> accepted() {
    return new TreeSet<>(accepted);
  }

  /// Replies that no client should get because of our trouble.
  Set<String> oddReplies() {
    return Set.copyOf(odd);
  }

  void stop() {
    stopping = true;
    threads.close();
  }

  @Override
  public void close() {
    stop();
  }

  private void send(boolean isLong) {
    while (!stopping) {
      try (var client = edge.client("mx")) {
        client.play("S: 220\nC: EHLO client.example.org\nS: 250");
        while (!stopping && sendOne(client, isLong)) {}
      } catch (RuntimeException | AssertionError e) {
        odd.add(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Whether the session may go on.
  private boolean sendOne(SmtpClient client, boolean isLong) {
    client.send("MAIL FROM:<>\r\n");
    if (!isTaken(client)) return false;
    client.send("RCPT TO:<bob@example.net>\r\n");
    if (!isTaken(client)) return false;
    client.send("DATA\r\n");
    if (!isTaken(client)) return false;
    client.send((isLong ? LONG : "short\r\n") + ".\r\n");
    var _ = isTaken(client);
    return true;
  }

  private boolean isTaken(SmtpClient client) {
    var reply = client.reply();
    var last = reply.isEmpty() ? "closed" : reply.getLast();
    if (last.startsWith("250 2.0.0 Ok: queued as "))
      accepted.add(last.substring(last.lastIndexOf(' ') + 1));
    if (last.startsWith("4")) deferred.incrementAndGet();
    else if (!last.startsWith("250") && !last.startsWith("354")) odd.add(last);
    return last.startsWith("250") || last.startsWith("354");
  }
}
