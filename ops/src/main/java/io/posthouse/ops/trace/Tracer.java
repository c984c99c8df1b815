package io.posthouse.ops.trace;

import io.posthouse.kafka.EventLog;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.QueueScanner;

/// Collects lives from the events of the cluster.
final class Tracer {
  /// A DSN of a forward of a forward: more than that is a loop.
  private static final int GENERATIONS = 5;

  private final EventLog log;
  private final Life life;
  private final QueueScanner.Progress progress;

  Tracer(EventLog log, Life life, QueueScanner.Progress progress) {
    this.log = log;
    this.life = life;
    this.progress = progress;
  }

  /// Finds the messages, and what was refused, that fit.
  void search(Sought sought, TimeSpan span) throws KafkaUnreachable {
    var candidates = new Candidates(sought);
    log.between(span.since(), span.until(), json -> consider(json, sought, candidates), progress);
    decide(candidates);
  }

  /// What happened to the candidates, whenever it did, tells which of them are sought.
  private void decide(Candidates candidates) throws KafkaUnreachable {
    var ids = candidates.open().keySet();
    if (ids.isEmpty()) return;
    log.about(ids, json -> EventLine.parse(json).ifPresent(candidates::consider), progress);
    life.decided(candidates);
  }

  /// Reads what happened to the messages found, and to those that came of them.
  void follow() throws KafkaUnreachable {
    for (int i = 0; i < GENERATIONS; i++) {
      var ids = life.unread();
      if (ids.isEmpty()) return;
      log.about(ids, json -> EventLine.parse(json).ifPresent(life::add), progress);
    }
  }

  private void consider(String json, Sought sought, Candidates candidates) {
    // Most lines are of neither case; to look costs a hundredth of parsing.
    if (json.contains("\"event\":\"accepted\""))
      EventLine.parse(json).ifPresent(event -> accepted(event, sought, candidates));
    else if (json.contains("\"event\":\"refused\""))
      EventLine.parse(json).filter(sought::matches).ifPresent(life::refused);
  }

  private void accepted(EventLine event, Sought sought, Candidates candidates) {
    if (sought.matches(event)) event.queueId().ifPresent(life::about);
    else if (sought.mayMatch(event)) candidates.add(event);
  }
}
