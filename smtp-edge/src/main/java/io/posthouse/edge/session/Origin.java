package io.posthouse.edge.session;

import io.posthouse.message.Endpoint;
import java.util.Optional;

/// Where a connection comes from: what limits, checks and the trace go by.
///
/// @param client the client's own end, also where a proxy stands between us
/// @param server the end that the client has come to
/// @param name the client's verified host name, where a proxy has told it
/// @param helo what the client has said to a proxy that speaks in its place
/// @param proxy the host that brought the connection, if one did
/// @param connectionId what that host calls the connection
/// @param trust what we believe of it
/// @param forwards whether it may say where it had a message from (XFORWARD)
public record Origin(
    Endpoint client,
    Endpoint server,
    Optional<String> name,
    Optional<String> helo,
    Optional<Endpoint> proxy,
    Optional<String> connectionId,
    Trust trust,
    boolean forwards) {

  /// What a host may tell us about the clients it speaks for (XCLIENT).
  public enum Trust {
    NOTHING,
    WHO_THEY_ARE,
    /// Also as whom they have logged in.
    AND_THEIR_LOGINS
  }

  /// With nobody between.
  public static Origin direct(Endpoint client, Endpoint server, Trust trust) {
    return brought(client, server, Optional.empty(), Optional.empty(), trust);
  }

  /// By a proxy that says no more than that.
  public static Origin brought(
      Endpoint client,
      Endpoint server,
      Optional<Endpoint> proxy,
      Optional<String> connectionId,
      Trust trust) {
    return new Origin(
        client, server, Optional.empty(), Optional.empty(), proxy, connectionId, trust, false);
  }

  /// The same, of a host that may say where it had a message from, or may not.
  public Origin forwarding(boolean may) {
    return new Origin(client, server, name, helo, proxy, connectionId, trust, may);
  }
}
