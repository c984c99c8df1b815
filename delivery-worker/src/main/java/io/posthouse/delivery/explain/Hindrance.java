package io.posthouse.delivery.explain;

import io.posthouse.smtp.EnhancedStatus;

/// Why a host gets no mail now.
public sealed interface Hindrance {
  String why();

  /// It has no address that could be tried.
  record Nowhere(String why) implements Hindrance {}

  /// It is ourselves; nor is any host behind it tried (RFC 5321 §5.1).
  record OurOwn(String why) implements Hindrance {}

  /// It is passed over, and mail waits if no other host takes it.
  record PassedOver(EnhancedStatus status, String why) implements Hindrance {}
}
