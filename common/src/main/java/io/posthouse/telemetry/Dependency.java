package io.posthouse.telemetry;

/// What a role cannot do its work without, and does not contain.
public enum Dependency {
  KAFKA,
  MONGODB,
  DNS
}
