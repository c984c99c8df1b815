package io.posthouse.edge.sasl;

import io.posthouse.message.Octets;
import java.util.Map;

/// What ties a login to the TLS connection it is made on (RFC 5056): by type, such as
/// `tls-exporter` (RFC 9266).
///
/// @param data by type; none where the connection has none, or no use of it is to be made
/// @param offered whether the client was told that it may bind
public record Binding(Map<String, Octets> data, boolean offered) {
  /// There is nothing to bind to.
  public static final Binding NONE = new Binding(Map.of(), false);

  public Binding {
    data = Map.copyOf(data);
  }

  /// With everything that is known of a connection.
  public static Binding of(Map<String, Octets> data) {
    return new Binding(data, !data.isEmpty());
  }

  Binding notUsed() {
    return new Binding(Map.of(), offered);
  }
}
