package io.posthouse.telemetry;

/// How a conversation with one address of an MX host ended.
public enum Result {
  /// It took the message for at least one recipient.
  ACCEPTED,
  /// It replied, and took nothing.
  REFUSED,
  /// There was no connection.
  UNREACHABLE,
  /// Another address of the host was connected first.
  OVERTAKEN,
  /// TLS was wanted and could not be had.
  TLS_FAILED,
  /// It did not let us log in, or was not told our password.
  LOGIN_FAILED,
  /// The connection was lost, or nothing was said for too long.
  LOST
}
