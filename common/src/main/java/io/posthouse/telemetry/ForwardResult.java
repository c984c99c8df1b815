package io.posthouse.telemetry;

/// What became of a message that was to go on to somebody else.
public enum ForwardResult {
  SENT,
  /// It has been here or there before.
  LOOP,
  /// Too many in a day.
  LIMIT,
  /// The address is ours, and nobody takes mail for it.
  REFUSED,
  /// We cannot send to such a target.
  UNSUPPORTED
}
