package io.posthouse.telemetry;

/// What is the matter with a key that signs mail.
public enum SigningKeyState {
  /// It is new, and signs from now on.
  TAKEN,
  /// It signs, and is shorter than it should be.
  WEAK,
  /// It cannot be used: another goes on, or mail goes unsigned.
  UNUSABLE
}
