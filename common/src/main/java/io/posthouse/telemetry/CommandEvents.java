package io.posthouse.telemetry;

import io.posthouse.message.QueueId;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/// The events of a command, which has neither a log nor counters of its own: they go to a sink
/// alone.
public final class CommandEvents implements Events {
  private final EventLines lines;
  private final EventSink sink;

  /// @param node whose name is on every line
  public CommandEvents(String node, InstantSource clock, EventSink sink) {
    this.lines = new EventLines(clock, node);
    this.sink = sink;
  }

  @Override
  public void record(MailEvent event) {
    sink.take(event, lines.line(event));
  }

  @Override
  public CompletionStage<Void> kept(QueueId message) {
    return sink.kept(message);
  }
}
