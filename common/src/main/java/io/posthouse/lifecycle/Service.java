package io.posthouse.lifecycle;

import java.time.Duration;

/// A part of a role that works on its own once it is started: a listener, a consumer, a server.
public interface Service {
  /// As in the log: `smtp mx 127.0.0.1:2525`.
  String name();

  /// Starts working. Returns when it does; an exception means that it holds nothing.
  void start();

  /// Takes no new work and finishes what it holds, at most for `deadline`.
  void drain(Duration deadline);

  /// Lets go of everything at once. Safe after a drain, without one, and twice.
  void close();
}
