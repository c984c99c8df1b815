package io.posthouse.telemetry;

/// How far an operator's replay is.
public enum ReplayStep {
  BEGUN,
  RESUMED,
  DONE
}
