package io.posthouse.edge.session;

import io.posthouse.message.Endpoint;
import java.util.Optional;

/// Where a connection comes from: what limits, checks and the trace go by.
///
/// @param client the client's own end, also where a proxy stands between us
/// @param server the end that the client has come to
/// @param name the client's verified host name, where a proxy has told it
/// @param proxy the host that brought the connection, if one did
/// @param connectionId what that host calls the connection
public record Origin(
    Endpoint client,
    Endpoint server,
    Optional<String> name,
    Optional<Endpoint> proxy,
    Optional<String> connectionId) {

  /// With nobody between.
  public static Origin direct(Endpoint client, Endpoint server) {
    return new Origin(client, server, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
