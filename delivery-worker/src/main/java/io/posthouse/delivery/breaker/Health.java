package io.posthouse.delivery.breaker;

/// What a conversation told us about its host.
public sealed interface Health {
  /// It talked to us, whatever it said about our mail.
  record Works() implements Health {}

  /// Something is wrong with the host itself.
  record Fails(String why) implements Health {}

  /// Nobody there said anything for as long as we wait: one more message to find that out is one
  /// too many.
  record Silent(String why) implements Health {}

  /// Nothing: the trouble was ours.
  record Unknown() implements Health {}
}
