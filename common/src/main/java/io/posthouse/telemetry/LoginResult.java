package io.posthouse.telemetry;

/// What became of a login.
public enum LoginResult {
  OK,
  /// Name, password, proof or token are wrong, or the user may not log in.
  WRONG,
  /// We could not find out.
  UNAVAILABLE,
  /// Nobody looked: too many wrong ones came before.
  BLOCKED
}
