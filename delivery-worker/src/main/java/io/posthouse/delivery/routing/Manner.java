package io.posthouse.delivery.routing;

import io.posthouse.delivery.egress.EgressPool;
import java.util.Optional;

/// How a host on the route is talked to, as far as the operator says.
///
/// @param egress where our connections to it come from
public record Manner(Protocol protocol, TlsLevel tls, Optional<Login> login, EgressPool egress) {
  /// As hosts of other people are talked to.
  public static final Manner USUAL =
      new Manner(Protocol.SMTP, TlsLevel.POLICY, Optional.empty(), EgressPool.ANY);

  /// The same, from this pool if it names none itself.
  Manner orFrom(EgressPool pool) {
    return egress.equals(EgressPool.ANY) ? new Manner(protocol, tls, login, pool) : this;
  }
}
