package io.posthouse.edge.session;

import java.util.Locale;

/// How far something came before it was turned away.
public enum Stage {
  CONNECTION,
  COMMAND,
  LOGIN,
  SENDER,
  RECIPIENT,
  CONTENT,
  QUEUE;

  /// As in events and metrics: `recipient`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
