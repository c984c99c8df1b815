package io.posthouse.telemetry;

/// What a role cannot do its work without, and does not contain; without [#REDIS] it does all but
/// one thing, and without [#WILDDUCK] what is handed over waits.
public enum Dependency {
  KAFKA,
  MONGODB,
  DNS,
  REDIS,
  WILDDUCK
}
