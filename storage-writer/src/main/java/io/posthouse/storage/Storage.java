package io.posthouse.storage;

import io.posthouse.bounce.Notifier;
import io.posthouse.bounce.Reporter;
import io.posthouse.config.ByteSize;
import io.posthouse.config.NodeSettings;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.directory.Directory;
import io.posthouse.dkim.Signer;
import io.posthouse.kafka.ConsumerGroups;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.LedgerReader;
import io.posthouse.kafka.LedgerSettings;
import io.posthouse.kafka.Splitter;
import io.posthouse.lifecycle.Service;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoTallies;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.DeadLetters;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.MailQueue;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.srs.Srs;
import io.posthouse.storage.intake.HandoverSettings.Mode;
import io.posthouse.storage.intake.HandoverTerms;
import io.posthouse.storage.intake.RedisSettings;
import io.posthouse.storage.intake.StorageSettings;
import io.posthouse.storage.intake.StorageWriter;
import io.posthouse.storage.lmtp.LmtpHandover;
import io.posthouse.storage.lmtp.LmtpSettings;
import io.posthouse.storage.lmtp.Patience;
import io.posthouse.storage.mailbox.Listeners;
import io.posthouse.storage.mongo.AtRest;
import io.posthouse.storage.mongo.MongoHandoverLog;
import io.posthouse.storage.mongo.MongoMailboxStore;
import io.posthouse.storage.mongo.MongoReceipts;
import io.posthouse.storage.mongo.MongoReplyLog;
import io.posthouse.storage.mongo.MongoRuleBook;
import io.posthouse.storage.mongo.MongoSentLog;
import io.posthouse.storage.outbound.Autoreplies;
import io.posthouse.storage.outbound.Forwards;
import io.posthouse.storage.outbound.Redirection;
import io.posthouse.storage.outbound.UsersRules;
import io.posthouse.storage.redis.RedisListeners;
import io.posthouse.telemetry.Dependency;
import io.posthouse.telemetry.DependencyState;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Health;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.Metrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The storage role as a diagram: which part is given which.
public final class Storage {
  private Storage() {}

  /// What the role leans on; whatever of it is a service has started before.
  ///
  /// @param directory tells which targets of forwards are ours
  /// @param srs rewrites the senders of forwarded mail
  /// @param retry when a message that WildDuck does not take now is tried again
  /// @param mostReturned longest message that a DSN returns as a whole, where the sender asked for
  ///   it
  /// @param signer signs DSNs and autoreplies, if anybody does
  public record Surroundings(
      KafkaCluster kafka,
      Mongo mongo,
      Directory directory,
      Optional<Srs> srs,
      MailQueue queue,
      RetrySchedule retry,
      ByteSize mostReturned,
      DeadLetters deadLetters,
      ContentStore contents,
      Optional<Signer> signer,
      Events events,
      Metrics metrics,
      HealthChecks health,
      InstantSource clock) {}

  /// The writer and its reader, in the order in which they start; their checks are added to the
  /// health of the process.
  public static List<Service> services(
      StorageSettings settings, NodeSettings node, Surroundings around) {
    var mongodb = new DependencyState(Dependency.MONGODB, around.events(), around.clock());
    var redis = settings.redis().map(found -> redis(found, around));
    var listeners = redis.<Listeners>map(found -> found).orElse(Listeners.NONE);
    var atRest = new AtRest(settings.encryption().onFailure(), around.events());
    var store =
        new MongoMailboxStore(around.mongo(), listeners, atRest, around.events(), around.clock());
    var handover = settings.handover().lmtp().map(lmtp -> handover(settings, lmtp, node, around));
    var directives = new KafkaDirectives(around.kafka());
    var leansOn = writer(settings, node, store, handover, directives, mongodb, around);
    var writer = new StorageWriter(settings, leansOn);
    var reader = reader(node, writer, around);
    around.health().add("storage", mongodb);
    // Mail for several destinations is fanned out by whoever runs: local mail needs no deliverer.
    var splitter = Splitter.of(around.kafka(), node.id(), "store", around.events(), around.clock());
    reader.showIn(around.metrics());
    splitter.showIn(around.metrics());
    around.health().add("storage directives", check(directives::trouble));
    around.health().add("storage reader", check(reader::trouble));
    around.health().add("storage splitter", check(splitter::trouble));
    return Stream.concat(redis.stream(), Stream.of(directives, writer, reader, splitter)).toList();
  }

  private static HandoverTerms handover(
      StorageSettings settings, LmtpSettings lmtp, NodeSettings node, Surroundings around) {
    var state = new DependencyState(Dependency.WILDDUCK, around.events(), around.clock());
    var log = new MongoHandoverLog(around.mongo(), around.clock());
    var handover = new LmtpHandover(lmtp, node.hostname(), Patience.RFC5321, log, state);
    // Where only some users' mail is handed over, that of the others is worth our work.
    around
        .health()
        .add(
            "wildduck",
            settings.handover().mode() == Mode.LMTP ? state : () -> state.now().atMostDegraded());
    return new HandoverTerms(handover, lmtp.connections(), around.retry(), node.id());
  }

  /// Redis down costs the push and nothing else, so it keeps nobody from being ready.
  private static RedisListeners redis(RedisSettings settings, Surroundings around) {
    var state = new DependencyState(Dependency.REDIS, around.events(), around.clock());
    around.health().add("redis", () -> state.now().atMostDegraded());
    return new RedisListeners(settings, state, around.metrics());
  }

  private static Health.Check check(Supplier<Optional<String>> trouble) {
    return () -> trouble.get().map(Health::notOk).orElseGet(Health::ok);
  }

  private static StorageWriter.Surroundings writer(
      StorageSettings settings,
      NodeSettings node,
      MongoMailboxStore store,
      Optional<HandoverTerms> handover,
      DirectiveTable directives,
      DependencyState mongodb,
      Surroundings around) {
    var queue = new DurableQueue(around.queue());
    var book = new MongoRuleBook(around.mongo());
    var forwards = forwards(node, queue, around);
    var autoreplies = autoreplies(node, queue, around);
    return new StorageWriter.Surroundings(
        store,
        new MongoReceipts(around.mongo()),
        new UsersRules(book, forwards, autoreplies, settings.handover().isForUnsupported()),
        new Redirection(book, forwards, autoreplies),
        handover,
        around.contents(),
        around.queue(),
        directives,
        notifier(node, queue, around),
        mongodb,
        around.events(),
        around.metrics(),
        around.clock());
  }

  private static Notifier notifier(NodeSettings node, DurableQueue queue, Surroundings around) {
    var reporter = new Reporter(node.hostname(), node.id(), around.srs());
    var most = around.mostReturned().bytes();
    return new Notifier(queue, reporter, around.signer(), around.events(), most);
  }

  private static Forwards forwards(NodeSettings node, DurableQueue queue, Surroundings around) {
    return new Forwards(
        new Forwards.Around(
            node.hostname(),
            node.id(),
            queue,
            around.directory(),
            new MongoTallies(around.mongo(), around.clock()),
            new MongoSentLog(around.mongo(), around.clock()),
            around.srs(),
            around.events(),
            around.clock()));
  }

  private static Autoreplies autoreplies(
      NodeSettings node, DurableQueue queue, Surroundings around) {
    return new Autoreplies(
        new Autoreplies.Around(
            node.hostname(),
            node.id(),
            queue,
            new MongoTallies(around.mongo(), around.clock()),
            new MongoSentLog(around.mongo(), around.clock()),
            new MongoReplyLog(around.mongo(), around.clock()),
            around.signer(),
            around.events(),
            around.clock()));
  }

  private static LedgerReader reader(NodeSettings node, StorageWriter writer, Surroundings around) {
    var topics = around.kafka().topics();
    return new LedgerReader(
        around.kafka(),
        LedgerSettings.of(
            new ConsumerGroups(topics).store(),
            node.id() + "-store",
            List.of(topics.local(), topics.localDue())),
        writer,
        around.deadLetters(),
        around.events(),
        around.clock());
  }
}
