package io.posthouse.ops.testbed;

import io.posthouse.config.HostPort;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Clients that send numbered messages at once and remember which were acknowledged. When their
/// server goes away they wait until it is back, and go on with the next message: one that was never
/// acknowledged is not sent again, so a copy too many is always our doing.
public final class MailLoad implements AutoCloseable {
  private final HostPort server;
  private final String run;
  private final int messages;
  private final IntFunction<String> recipients;
  private final AtomicInteger next = new AtomicInteger();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor();

  /// @param run begins the ids of its messages
  /// @param recipients to whom the message of a number goes
  public MailLoad(HostPort server, String run, int messages, IntFunction<String> recipients) {
    this.server = server;
    this.run = run;
    this.messages = messages;
    this.recipients = recipients;
  }

  /// Starts sending.
  public MailLoad start(int concurrency) {
    for (int i = 0; i < concurrency; i++) sessions.execute(this::session);
    return this;
  }

  /// The ids of the messages that got a 250.
  public Set<String> acknowledged() {
    return acknowledged;
  }

  /// What went wrong, for the report of a failure.
  public List<String> troubles() {
    return List.copyOf(troubles);
  }

  /// Whether a message with this id belongs to this load.
  public boolean isOurs(String id) {
    return id.startsWith(run + "-");
  }

  /// Returns when all are sent.
  public void awaitSent() {
    sessions.close();
  }

  @Override
  public void close() {
    next.set(messages);
    sessions.close();
  }

  private void session() {
    for (int n = next.getAndIncrement(); n < messages; ) n = connection(n);
  }

  /// Sends over one connection as long as it lasts; the number to go on with.
  private int connection(int n) {
    try (var client = new SmtpClient(server)) {
      for (; n < messages; n = next.getAndIncrement()) send(client, n);
      return n;
    } catch (IOException lost) {
      troubles.add(id(n) + ": " + lost.getMessage());
      awaitServer();
      return next.getAndIncrement();
    }
  }

  private String id(int number) {
    return run + "-" + number;
  }

  private void send(SmtpClient client, int n) throws IOException {
    var id = id(n);
    var to = recipients.apply(n);
    var reply = client.send("sender@client.test", List.of(to), SampleMessage.of(id));
    if (reply.startsWith("250")) acknowledged.add(id);
    else throw new IOException(reply);
  }

  private void awaitServer() {
    Eventually.holds(server + " accepts connections", this::isThere);
  }

  private boolean isThere() {
    try (var client = new SmtpClient(server)) {
      return client.greeting().startsWith("220");
    } catch (IOException notYet) {
      return false;
    }
  }
}
