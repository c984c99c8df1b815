package io.posthouse.telemetry;

import io.posthouse.message.QueueId;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes of each event one line in the log, one step of a counter, and one record for the sink.
public final class EventRecorder implements Events {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.EVENTS);

  private final EventLines lines;
  private final EventCounters counters;
  private final EventSink sink;

  /// Nothing is written before the first event.
  ///
  /// @param node the name of this node, on every line
  public EventRecorder(String node, InstantSource clock, Metrics metrics, EventSink sink) {
    this.lines = new EventLines(clock, node);
    this.counters = new EventCounters(metrics);
    this.sink = sink;
  }

  @Override
  public void record(MailEvent event) {
    counters.count(event);
    var line = lines.line(event);
    LOG.info(line);
    sink.take(event, line);
  }

  @Override
  public CompletionStage<Void> kept(QueueId message) {
    return sink.kept(message);
  }
}
