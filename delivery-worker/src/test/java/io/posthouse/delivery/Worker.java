package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;

import io.posthouse.config.ConfigException;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.SettingsFile;
import io.posthouse.delivery.sts.CachedPolicies;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.directive.Directives;
import io.posthouse.dkim.Signer;
import io.posthouse.dns.TestDns;
import io.posthouse.dnsjava.DnsjavaDns;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.queue.StoredRecord;
import io.posthouse.queue.Taken;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A delivery worker on a queue in memory, a real name server and real sockets. What is put into
/// `remote` is delivered; a deferred message is delivered when [#whenDue] says so.
final class Worker implements AutoCloseable {
  private static final List<String> SHORT =
      List.of(
          "delivery.allow_loopback=true",
          "delivery.timeouts.connect=2s",
          "delivery.timeouts.greeting=1s",
          "delivery.timeouts.tls=1s",
          "delivery.timeouts.rcpt=1s",
          "delivery.timeouts.end=1s",
          "delivery.timeouts.quit=100ms",
          "delivery.retry.delays=[1m,5m]",
          "delivery.retry.expiry=1h");

  final TestDns dns = TestDns.start();
  final InMemoryMailQueue queue = new InMemoryMailQueue();
  final Metrics metrics = new Metrics();
  final List<MailEvent> events = new CopyOnWriteArrayList<>();
  private final Set<RecordPosition> settled = ConcurrentHashMap.newKeySet();
  private final AtomicLong elsewhere = new AtomicLong();
  private final DeliveryWorker worker;
  private volatile DirectiveTable directives = () -> Directives.NONE;
  private volatile Instant now = Instant.parse("2026-03-02T08:14:10Z");

  /// @param settings as after `--set`, beside short time-outs and MX hosts on loopback
  Worker(String... settings) {
    this(Optional.empty(), settings);
  }

  private Worker(Optional<Signer> signer, String... settings) {
    this.worker =
        new DeliveryWorker(
            new NodeSettings("worker-1", "us.example.org"),
            settings(settings),
            new DnsjavaDns(List.of(dns.address()), Duration.ofSeconds(2)),
            queue,
            queue,
            signer,
            Optional.empty(),
            new CachedPolicies(),
            () -> directives.now(),
            () -> 1,
            events::add,
            metrics,
            () -> now);
    queue.listen(this::deliverFirst);
  }

  /// One whose DSNs are signed.
  static Worker signing(Signer signer, String... settings) {
    return new Worker(Optional.of(signer), settings);
  }

  /// Puts a message into the queue and waits until it is settled.
  Worker deliver(Envelope envelope) {
    queue.put(envelope);
    awaitSettled();
    return this;
  }

  /// What the last deferral put aside comes back when it is due, and is settled again.
  Worker whenDue(String retryTopic) {
    var deferred = queue.records(retryTopic).getLast();
    now = deferred.envelope().due().orElseThrow();
    worker.intake().take(new Message(deferred));
    awaitSettled();
    return this;
  }

  /// As if it had come from `remote`, wherever it belongs.
  void take(Envelope envelope) {
    var at = new RecordPosition("elsewhere", 0, elsewhere.getAndIncrement());
    worker
        .intake()
        .take(new Message(new StoredRecord(at, "", Octets.of(EnvelopeCodec.encode(envelope)))));
  }

  /// What operators order from now on.
  Worker ordering(Directives all) {
    return asking(() -> all);
  }

  /// Whom the worker asks from now on what operators order.
  Worker asking(DirectiveTable table) {
    directives = table;
    return this;
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  boolean isSettled(StoredRecord record) {
    return settled.contains(record.position());
  }

  void awaitSettled() {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .until(() -> worker.intake().held() == 0);
  }

  <T extends MailEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// What bounced of mail to `recipient`, oldest first. The DSN about it is a message too: where
  /// the sender has no name servers it bounces in its turn, perhaps before this one is told of.
  List<MailEvent.Bounced> bounces(Recipient recipient) {
    return events(MailEvent.Bounced.class).stream()
        .filter(e -> e.to().equals(recipient.address()))
        .toList();
  }

  double metric(String name) {
    return metrics.registry().getSampleValue(name);
  }

  double metric(String name, String label, String value) {
    return metrics.registry().getSampleValue(name, new String[] {label}, new String[] {value});
  }

  @Override
  public void close() {
    worker.close();
    dns.close();
  }

  private void deliverFirst(StoredRecord record) {
    if (record.position().topic().equals("remote")) worker.intake().take(new Message(record));
  }

  private static DeliverySettings settings(String... more) {
    var overrides = new ArrayList<>(SHORT);
    overrides.addAll(Arrays.asList(more));
    try {
      return SettingsFile.defaults()
          .with(overrides)
          .read(in -> DeliverySettings.read(in.section("delivery")))
          .settings();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private final class Message implements Taken {
    private final StoredRecord record;

    Message(StoredRecord record) {
      this.record = record;
    }

    @Override
    public Envelope envelope() {
      return record.envelope();
    }

    @Override
    public RecordPosition position() {
      return record.position();
    }

    @Override
    public void settle() {
      if (!settled.add(record.position())) throw new IllegalStateException("settled twice");
    }
  }
}
