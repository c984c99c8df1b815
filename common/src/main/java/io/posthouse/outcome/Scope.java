package io.posthouse.outcome;

/// How far a refusal reaches: a full mailbox trips no host's breaker.
public enum Scope {
  HOST,
  MESSAGE,
  RECIPIENT
}
