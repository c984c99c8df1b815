package io.posthouse.delivery.conversation;

import io.posthouse.address.Domain;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.delivery.tls.TlsSession;
import io.posthouse.outcome.MxHost;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/// A connection as a conversation uses it: octets out, octets in, both may block. An `IOException`
/// means that it is lost.
public interface Wire extends Closeable {
  /// Buffered: nothing is on its way before `flush`.
  OutputStream output();

  /// Reads at least one octet into `buffer`, or answers -1 at the end.
  ///
  /// @throws java.net.SocketTimeoutException if nothing came for so long
  int read(byte[] buffer, Duration patience) throws IOException;

  /// Puts TLS around the connection: what `output` and `read` do from now on is inside it.
  ///
  /// @param serverName what we say in SNI; empty for a host that has no name
  /// @throws IOException if the handshake came to nothing; the connection is lost then
  TlsSession secure(TlsClient tls, MxHost mx, Optional<Domain> serverName, Duration patience)
      throws IOException;

  /// Lets go at once; a thread that blocks on the wire gets an exception.
  @Override
  void close();
}
