package io.posthouse.message;

import java.util.Optional;

/// How a client came to us, beside its address: for the trace and the events, never for rights.
///
/// @param tls if there was TLS between the client and us, or the proxy before us
/// @param name the client's verified host name, where a proxy has told it
/// @param proxy the host that brought the connection, which then is not the client's own
/// @param connectionId what that host calls the connection
/// @param forwarded where the client says it had the message from, as `helo=laptop` and the like
public record Passage(
    Optional<TlsFacts> tls,
    Optional<String> name,
    Optional<Endpoint> proxy,
    Optional<String> connectionId,
    Optional<String> forwarded) {
  /// In the clear and with nobody between.
  public static final Passage DIRECT =
      new Passage(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
