package io.posthouse.ops.role;

import io.posthouse.message.QueueId;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.util.concurrent.CompletionStage;

/// Events that somebody else hears of, too.
record HeardEvents(Events events, Events listener) implements Events {
  @Override
  public void record(MailEvent event) {
    events.record(event);
    listener.record(event);
  }

  @Override
  public CompletionStage<Void> kept(QueueId message) {
    return events.kept(message);
  }
}
