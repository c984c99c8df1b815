package io.posthouse.delivery.attempt;

import io.posthouse.message.Envelope;
import io.posthouse.outcome.MxHost;
import io.posthouse.telemetry.Result;
import java.time.Duration;

/// Hears of every address that was tried.
public interface AttemptNotes {
  /// One address was tried, or a transaction over a connection to it.
  ///
  /// @param connect until we were connected, or gave up; zero where a connection was there already
  void tried(
      Envelope envelope, MxHost mx, Result result, String said, Duration connect, Duration took);
}
