package io.posthouse.delivery.egress;

import java.net.InetAddress;
import java.util.Optional;

/// Where a connection to one address comes from.
public sealed interface Source {
  /// From here.
  ///
  /// @param address empty where the system chooses
  /// @param helo what we say in EHLO
  record From(Optional<InetAddress> address, String helo) implements Source {}

  /// The pool has addresses of this family, but this node has none of them: our trouble, and none
  /// of the host's.
  record Nowhere(String why) implements Source {}
}
