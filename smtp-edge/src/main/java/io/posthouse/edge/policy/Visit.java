package io.posthouse.edge.policy;

import io.posthouse.edge.session.Origin;
import java.net.InetAddress;

/// The two ends of a client's connection.
///
/// @param client the client's address, also where a proxy stands between us
/// @param here the address that it has come to
public record Visit(InetAddress client, InetAddress here) {
  public static Visit of(Origin origin) {
    return new Visit(origin.client().address(), origin.server().address());
  }
}
