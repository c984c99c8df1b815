package io.posthouse.edge.wire;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// Why there was no TLS.
public enum HandshakeFailure {
  TIMED_OUT,
  /// The client went away; scanners do, and clients that do not like our certificate.
  HUNG_UP,
  /// What came was no TLS, such as SMTP in the clear on port 465.
  NOT_TLS,
  /// Versions or ciphers of one side only.
  NOTHING_IN_COMMON,
  /// The client told us that it does not like our certificate.
  CERTIFICATE_REFUSED,
  OTHER;

  static HandshakeFailure of(Throwable cause) {
    return switch (cause) {
      case SslHandshakeTimeoutException _ -> TIMED_OUT;
      case NotSslRecordException _ -> NOT_TLS;
      case ClosedChannelException _ -> HUNG_UP;
      case SSLException said -> of(String.valueOf(said.getMessage()).toLowerCase(Locale.ROOT));
      default -> OTHER;
    };
  }

  private static HandshakeFailure of(String said) {
    if (said.contains("closed")) return HUNG_UP;
    if (said.contains("certificate") || said.contains("unknown_ca")) return CERTIFICATE_REFUSED;
    var nothing = said.contains("no_shared") || said.contains("no cipher suites in common");
    return nothing || said.contains("protocol") || said.contains("version")
        ? NOTHING_IN_COMMON
        : OTHER;
  }
}
