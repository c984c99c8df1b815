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
    log.between(span.since(), span.until(), json -> consider(json, sought), progress);
  }

  /// Reads what happened to the messages found, and to those that came of them.
  void follow() throws KafkaUnreachable {
    for (int i = 0; i < GENERATIONS; i++) {
      var ids = life.unread();
      if (ids.isEmpty()) return;
      log.about(ids, json -> EventLine.parse(json).ifPresent(life::add), progress);
    }
  }

  private void consider(String json, Sought sought) {
    // Most lines are of neither case; to look costs a hundredth of parsing.
    var accepted = json.contains("\"event\":\"accepted\"");
    if (!accepted && !json.contains("\"event\":\"refused\"")) return;
    var event = EventLine.parse(json).filter(sought::matches);
    if (accepted) event.flatMap(EventLine::queueId).ifPresent(life::about);
    else event.ifPresent(life::refused);
  }
}
