package io.posthouse.delivery.tls;

import io.posthouse.message.TlsFacts;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a handshake came to.
///
/// @param chain what the host sent, its own certificate first
public record TlsSession(TlsFacts facts, List<X509Certificate> chain) {
  public TlsSession {
    chain = List.copyOf(chain);
    if (chain.isEmpty())
      throw new IllegalArgumentException("certificates: none (expected: at least the host's)");
  }
}
