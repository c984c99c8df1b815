package io.posthouse.telemetry;

/// Takes note of what happens. Safe from any thread, never fails, never waits for anybody.
@FunctionalInterface
public interface Events {
  void record(MailEvent event);
}
