package io.posthouse.kafka;

import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Sighting;
import io.posthouse.kafka.SimFaults.BrokenRule;
import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.queue.EnvelopeCodec;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.Place;
import io.posthouse.queue.RecordKeys;
import io.posthouse.queue.RetrySchedule;
import io.posthouse.queue.Topics;
import io.posthouse.telemetry.MailEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Workers on the log of a cluster, in one thread and in virtual time: our real readers, ledgers,
/// claims and movers, on brokers that are a few lists. Whatever happens follows from the seed.
public final class SimulatedCluster {
  /// After which all nodes have heard of a directive, at the latest.
  public static final Duration LAG = Duration.ofSeconds(3);

  private static final Duration REVOKE_WAIT = Duration.ofSeconds(2);
  private static final ClaimTerms TERMS =
      new ClaimTerms(Duration.ofSeconds(1), Duration.ofSeconds(40));
  private static final int MOST_IN_FLIGHT = 12;

  private final SimTime time = new SimTime();
  private final SimFaults faults;
  private final Topics topics = new Topics("");
  private final RetrySchedule schedule;
  private final SimLog log = new SimLog(time);
  private final SimGroup readers;
  private final SimGroup movers;
  private final Map<String, SimNode> nodes = new LinkedHashMap<>();
  private final List<String> trace = new ArrayList<>();
  private final List<MailEvent> events = new ArrayList<>();
  private Directives directives = Directives.NONE;
  private int lives;

  public SimulatedCluster(SimFaults faults, RetrySchedule schedule) {
    this.faults = faults;
    this.schedule = schedule;
    log.create(topics.remote(), 2);
    log.create(topics.remoteDue(), 2);
    log.create(topics.content(), 1);
    Stream.of(topics.local(), topics.split(), topics.dead(), topics.claims(), topics.held())
        .forEach(topic -> log.create(topic, 1));
    tiers().forEach(tier -> log.create(tier, 1));
    readers = group(List.of(topics.remote(), topics.remoteDue()));
    movers = group(moved());
    log.listen(() -> nodes.values().forEach(SimNode::wake));
  }

  public SimTime time() {
    return time;
  }

  public Topics topics() {
    return topics;
  }

  /// What operators order.
  public Directives directives() {
    return directives;
  }

  /// An operator gives an order; each process hears of it a moment later.
  public void give(Directive directive) {
    directives = directives.with(directives.newest() + 1, directive);
    trace("order " + directives.newest() + ": " + directive);
    var news = directives;
    for (var node : nodes.values()) time.after(lag(), () -> node.hear(news));
  }

  private Duration lag() {
    return Duration.ofMillis(faults.dice().nextInt((int) LAG.toMillis()));
  }

  /// What movers have told.
  public List<MailEvent> events() {
    return List.copyOf(events);
  }

  /// Starts a process of this name, in place of one that has ended.
  ///
  /// @param ended told when it ends, for whatever reason
  public SimNode start(String name, SimNode.Work work, Runnable ended) {
    trace(name + " starts");
    var node = new SimNode(name, lives++, this, work, ended);
    nodes.put(name, node);
    return node;
  }

  /// What an edge has put into the queue: a promise.
  public void put(Envelope envelope) {
    log.append(
        topics.first(envelope),
        RecordKeys.of(envelope).getBytes(StandardCharsets.UTF_8),
        EnvelopeCodec.encode(envelope));
  }

  /// The messages in a topic.
  public List<Envelope> envelopes(String topic) {
    return log.records(topic).map(record -> decode(record.value())).toList();
  }

  /// Whether the cluster knows for ever that nobody need take this record again.
  public boolean isDurable(RecordPosition at) {
    var id = new TopicPartition(at.topic(), at.partition());
    var commit = readers.committed().get(id);
    return (commit != null
            && CommitNote.of(commit.offset(), commit.metadata()).settled(at.offset()))
        || sheets().values().stream()
            .anyMatch(sheet -> sheet.of(id).done().written().containsKey(at.offset()));
  }

  /// Whether another member would hear that this record is in the hands of a node.
  public boolean isClaimed(RecordPosition at, SimNode by) {
    var id = new TopicPartition(at.topic(), at.partition());
    return Optional.ofNullable(sheets().get(by.member()))
        .filter(sheet -> sheet.of(id).open().written().containsKey(at.offset()))
        .isPresent();
  }

  /// Records that somebody still has to take.
  public long owed() {
    return owed(readers, topics.remote())
        + owed(readers, topics.remoteDue())
        + tiers().stream().mapToLong(tier -> owed(movers, tier)).sum();
  }

  /// Whether all that was ordered has been done to what waits and to what is held.
  public boolean isSwept() {
    return moved().stream()
        .flatMap(topic -> log.of(topic).stream())
        .filter(id -> log.end(id) > 0)
        .map(id -> Optional.ofNullable(movers.committed().get(id)))
        .map(commit -> commit.map(at -> SweepNote.parse(at.metadata())).orElse(SweepNote.NONE))
        // A sweep that runs all the same is for what was written anew.
        .allMatch(note -> note.directive() == directives.newest());
  }

  /// Notes what happens, for a seed that fails.
  public void trace(String what) {
    trace.add("%9.3f %s".formatted(time.nanos() / 1e9, what));
  }

  public String trace() {
    return String.join("\n", trace);
  }

  /// What an operator holds.
  public List<Envelope> held() {
    return log.records(topics.held()).flatMap(record -> stillHeld(record).stream()).toList();
  }

  private Optional<Envelope> stillHeld(ConsumerRecord<byte[], byte[]> record) {
    var commit = movers.committed().get(new TopicPartition(record.topic(), record.partition()));
    var envelope = decode(record.value());
    if (commit == null) return Optional.of(envelope);
    if (record.offset() < commit.offset()) return Optional.empty();
    var written = Instant.ofEpochMilli(record.timestamp());
    var done = SweepNote.parse(commit.metadata()).done(record.offset());
    return directives.untouched(new Sighting(envelope, Place.HELD, written), done);
  }

  private long owed(SimGroup group, String topic) {
    var committed = group.committed();
    return log.records(topic)
        .filter(record -> {
          var commit = committed.get(new TopicPartition(topic, record.partition()));
          return commit == null
              || !CommitNote.of(commit.offset(), commit.metadata()).settled(record.offset());
        })
        .count();
  }

  private Map<String, ClaimSheet> sheets() {
    return new SimClaims(log, topics.claims())
        .read().stream().collect(Collectors.toMap(ClaimSheet::member, s -> s, (_, newer) -> newer));
  }

  private SimGroup group(List<String> read) {
    return new SimGroup(time, read.stream().flatMap(topic -> log.of(topic).stream()).toList());
  }

  private static Envelope decode(byte[] value) {
    try {
      return EnvelopeCodec.decode(value);
    } catch (MalformedRecord e) {
      throw new AssertionError(e);
    }
  }

  SimFaults faults() {
    return faults;
  }

  List<String> tiers() {
    return schedule.tiers().stream().map(topics::retry).toList();
  }

  List<String> moved() {
    return Stream.concat(tiers().stream(), Stream.of(topics.held())).toList();
  }

  void heard(MailEvent event) {
    events.add(event);
  }

  LedgerSettings settings(String name) {
    return LedgerSettings.of("deliver", name, List.of(topics.remote(), topics.remoteDue()))
        .withMost(MOST_IN_FLIGHT, 1 << 20)
        .withRevokeWait(REVOKE_WAIT)
        .withClaims(TERMS);
  }

  ClaimLog claims() {
    return faults.breaks(BrokenRule.CLAIMS_NOTHING)
        ? ClaimLog.NONE
        : new SimClaims(log, topics.claims());
  }

  SimGroup readers() {
    return readers;
  }

  SimGroup movers() {
    return movers;
  }

  SimConsumer consumer(String name, SimGroup group) {
    return new SimConsumer(name, group, log, time, faults, this::trace);
  }

  SimProducer producer(SimConsumer member) {
    return new SimProducer(member, movers, log, faults);
  }

  PipeRule moverRule(SimNode node) {
    var delays = schedule.tiers().stream().collect(Collectors.toMap(topics::retry, tier -> tier));
    return new RetryMover(
        delays,
        new DueRecords(topics, node.name(), _ -> {}, time),
        topics.held(),
        new SimRenewals(node, queue(node::isAlive), faults),
        node::directives,
        Optional::empty);
  }

  SimQueue queue(BooleanSupplier alive) {
    return new SimQueue(log, topics, faults, alive);
  }
}
