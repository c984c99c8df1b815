package io.posthouse.delivery.security;

/// What stands about one host of a route.
public sealed interface HostPolicy {
  /// Who says so.
  PolicySource source();

  /// It may get the message if it gives us this.
  record Allowed(Security security, PolicySource source) implements HostPolicy {}

  /// It may not get the message now, whatever it gives us: the policy does not name it, or there is
  /// one and we could not learn which. Never a reason to return the message at once.
  record Forbidden(String why, PolicySource source) implements HostPolicy {}
}
