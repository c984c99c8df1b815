package io.posthouse.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;

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
    sink.put(event.about(), lines.line(event).getBytes(UTF_8));
  }
}
