package io.posthouse.delivery.security;

import java.util.Collection;
import java.util.stream.Collectors;

/// What stands about one host of a route.
public sealed interface HostPolicy {
  /// Who says so.
  PolicySource source();

  /// It may get the message if it gives us this.
  record Allowed(Security security, PolicySource source) implements HostPolicy {
    /// For operators: `TLS with a certificate for mx.example.net (mta-sts)`.
    @Override
    public String toString() {
      return words(security) + " (" + source + ")";
    }
  }

  /// It may not get the message now, whatever it gives us: the policy does not name it, or there is
  /// one and we could not learn which. Never a reason to return the message at once.
  record Forbidden(String why, PolicySource source) implements HostPolicy {
    /// For operators: `not now: the policy does not name it (mta-sts)`.
    @Override
    public String toString() {
      return "not now: " + why + " (" + source + ")";
    }
  }

  private static String words(Security security) {
    return switch (security) {
      case Security.Clear() -> "in the clear";
      case Security.Opportunistic() -> "TLS where it is offered";
      case Security.Testing(var names) -> "TLS where it is offered, tested for " + listed(names);
      case Security.Encrypted() -> "TLS with any certificate";
      case Security.Verified(var names) -> "TLS with a certificate for " + listed(names);
      case Security.Dane(var records, var base, _) ->
          "TLS with a certificate that one of " + records.size() + " TLSA of " + base + " matches";
    };
  }

  private static String listed(Collection<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }
}
