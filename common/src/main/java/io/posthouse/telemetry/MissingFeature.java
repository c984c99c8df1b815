package io.posthouse.telemetry;

/// What a user of WildDuck may have and our own storing does not know.
public enum MissingFeature {
  /// Copies of all mail are kept for an auditor.
  AUDIT,
  /// What is forwarded is to be encrypted.
  ENCRYPTED_FORWARDS,
  /// Mail is forwarded to a host of the user's choice.
  RELAY_TARGET,
  /// Mail is posted to a web address.
  HTTP_TARGET,
  /// What the user sends, forwarded mail and answers among it, goes through a relay of its own.
  OWN_RELAY
}
