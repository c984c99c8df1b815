package io.posthouse.telemetry;

import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import io.posthouse.lifecycle.Watcher;
import java.time.Duration;
import java.util.Optional;

/// Makes events of what a lifecycle does.
public record ServiceEvents(Events events) implements Watcher {

  @Override
  public void started(Service service, Duration took) {
    events.record(new MailEvent.ServiceStarted(service.name(), took));
  }

  @Override
  public void stopped(Service service, boolean drained, Duration took) {
    events.record(new MailEvent.ServiceStopped(service.name(), drained, took));
  }

  @Override
  public void failed(Service service, RuntimeException why) {
    // What nobody foresaw needs its stack trace as well.
    if (!(why instanceof CannotStartException))
      events.record(new MailEvent.Bug(Optional.empty(), service.name(), why));
    events.record(new MailEvent.ServiceFailed(service.name(), String.valueOf(why.getMessage())));
  }
}
