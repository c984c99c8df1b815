package io.posthouse.kafka;

/// The process is killed: nothing of it goes on, and nobody catches this on its way.
final class SimCrash extends Error {
  private static final long serialVersionUID = 1;

  SimCrash() {
    super("killed", null, false, false);
  }
}
