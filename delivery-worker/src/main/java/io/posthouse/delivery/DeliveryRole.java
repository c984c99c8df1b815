package io.posthouse.delivery;

import io.posthouse.config.NodeSettings;
import io.posthouse.delivery.explain.ExplainPage;
import io.posthouse.delivery.sts.kafka.KafkaPolicies;
import io.posthouse.dkim.Signer;
import io.posthouse.dns.Dns;
import io.posthouse.kafka.ClaimTerms;
import io.posthouse.kafka.ConsumerGroups;
import io.posthouse.kafka.ContentCarrier;
import io.posthouse.kafka.ContentRenewals;
import io.posthouse.kafka.GroupMembers;
import io.posthouse.kafka.Janitor;
import io.posthouse.kafka.JanitorSettings;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaContentStore;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.LedgerReader;
import io.posthouse.kafka.LedgerSettings;
import io.posthouse.kafka.QueueWatch;
import io.posthouse.kafka.RetryMover;
import io.posthouse.kafka.Splitter;
import io.posthouse.lifecycle.Service;
import io.posthouse.queue.DeadLetters;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.MailQueue;
import io.posthouse.srs.Srs;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.Metrics;
import io.posthouse.telemetry.Page;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The delivery role: the worker, and what feeds it from Kafka: its reader, the mover of what is
/// due, and the splitter.
public final class DeliveryRole {
  /// Readers of content that does not lie in its envelope.
  private static final int CONTENT_READERS = 8;

  private static final Duration CONTENT_PATIENCE = Duration.ofSeconds(30);

  private DeliveryRole() {}

  /// What the role leans on.
  ///
  /// @param signer signs DSNs, if anybody does
  public record Surroundings(
      KafkaCluster kafka,
      MailQueue queue,
      DeadLetters deadLetters,
      Dns dns,
      Optional<Signer> signer,
      Optional<Srs> srs,
      Events events,
      Metrics metrics,
      HealthChecks health,
      Page.Board pages,
      InstantSource clock) {}

  /// In the order in which they start; a queue must have started before.
  public static List<Service> services(
      NodeSettings node, DeliverySettings settings, Surroundings around) {
    var contents = new KafkaContentStore(around.kafka(), CONTENT_READERS, CONTENT_PATIENCE);
    var policies = new KafkaPolicies(around.kafka());
    var directives = new KafkaDirectives(around.kafka());
    var workers = new GroupMembers(around.kafka(), group(around));
    var worker =
        new DeliveryWorker(
            node,
            settings,
            around.dns(),
            around.queue(),
            contents,
            around.signer(),
            around.srs(),
            policies,
            directives,
            workers::live,
            around.events(),
            around.metrics(),
            around.clock());
    around.pages().add(ExplainPage.PATH, new ExplainPage(worker.explainer()));
    var reader = reader(node, settings, around, worker);
    var kept = JanitorSettings.of(settings.replayWindow(), settings.retry());
    var renewals =
        new ContentRenewals(new ContentCarrier(contents, new DurableQueue(around.queue())), kept);
    var mover =
        RetryMover.of(
            around.kafka(),
            settings.retry(),
            directives,
            renewals,
            node.id(),
            around.events(),
            around.clock());
    var splitter =
        Splitter.of(around.kafka(), node.id(), "deliver", around.events(), around.clock());
    around.health().add("tls policies", check(policies::trouble));
    around.health().add("directives", check(directives::trouble));
    around.health().add("reader", check(reader::trouble));
    around.health().add("retry mover", check(mover::trouble));
    around.health().add("splitter", check(splitter::trouble));
    var janitor = new Janitor(around.kafka(), kept, directives, around.clock());
    var watch = new QueueWatch(around.kafka(), around.clock());
    watch.showIn(around.metrics());
    janitor.showIn(around.metrics());
    reader.showIn(around.metrics());
    mover.showIn(around.metrics());
    renewals.showIn(around.metrics());
    directives.showIn(around.metrics());
    splitter.showIn(around.metrics());
    var services = new ArrayList<Service>(List.of(new Contents(contents), policies, directives));
    // Where somebody says how many there are, Kafka need not be asked.
    if (settings.workers().isEmpty()) services.add(workers);
    services.addAll(List.of(worker, reader, mover, splitter, janitor, watch));
    return List.copyOf(services);
  }

  private static LedgerReader reader(
      NodeSettings node, DeliverySettings settings, Surroundings around, DeliveryWorker worker) {
    var topics = around.kafka().topics();
    var ledger =
        LedgerSettings.of(
            group(around), node.id() + "-deliver", List.of(topics.remote(), topics.remoteDue()));
    return new LedgerReader(
        around.kafka(),
        ledger
            .withMost(settings.inFlight(), DeliverySettings.MOST_OCTETS)
            // What a host may have is not sent again while somebody waits for its reply.
            .withClaims(ClaimTerms.DEFAULT),
        worker.intake(),
        around.deadLetters(),
        around.events(),
        around.clock());
  }

  private static String group(Surroundings around) {
    return new ConsumerGroups(around.kafka().topics()).deliver();
  }

  private static Health.Check check(Supplier<Optional<String>> trouble) {
    return () -> trouble.get().map(Health::notOk).orElseGet(Health::ok);
  }

  /// Outlives the worker, which reads from it to the end.
  private record Contents(KafkaContentStore store) implements Service {
    @Override
    public String name() {
      return "content readers";
    }

    @Override
    public void start() {}

    @Override
    public void drain(Duration deadline) {}

    @Override
    public void close() {
      store.close();
    }
  }
}
