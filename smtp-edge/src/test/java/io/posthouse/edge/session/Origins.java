package io.posthouse.edge.session;

import io.posthouse.message.Endpoint;
import io.posthouse.message.TlsFacts;
import java.net.InetAddress;

/// Connections of sessions that have none.
public final class Origins {
  public static final Origin LOOPBACK =
      Origin.direct(
          new Endpoint(InetAddress.getLoopbackAddress(), 49_152),
          new Endpoint(InetAddress.getLoopbackAddress(), 25),
          Origin.Trust.NOTHING);
  public static final TlsFacts TLS = TlsFacts.of("TLSv1.3", "TLS_AES_128_GCM_SHA256");
  public static final Link PLAIN = Link.plain(LOOPBACK);
  public static final Link SECURE = Link.secured(LOOPBACK, TLS);

  private Origins() {}
}
