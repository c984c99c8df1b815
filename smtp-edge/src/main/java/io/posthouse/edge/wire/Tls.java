package io.posthouse.edge.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.posthouse.config.TlsSettings.Identity;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.message.TlsFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/// Our certificate, ready for handshakes. BoringSSL where its library runs, as its handshakes cost
/// less than half of the JDK's.
final class Tls {
  private Tls() {}

  /// What is needed for handshakes as `identity`.
  ///
  /// @param asksClients whether clients may be asked for a certificate
  static SslContext context(Identity identity, boolean asksClients) {
    try {
      var builder =
          SslContextBuilder.forServer(identity.certificate().toFile(), identity.key().toFile())
              .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
              .protocols("TLSv1.2", "TLSv1.3");
      // Whom we believe is decided afterwards, by ClientTrust.
      if (asksClients) builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      return builder.build();
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotStartException(
          "tls: %s, %s: %s (see tls.certificate and tls.key)"
              .formatted(identity.certificate(), identity.key(), reason(e)),
          e);
    }
  }

  /// @param asks the client for a certificate
  static SslHandler handler(
      SslContext context, ByteBufAllocator allocator, Duration handshake, boolean asks) {
    var handler = context.newHandler(allocator);
    if (asks) handler.engine().setWantClientAuth(true);
    handler.setHandshakeTimeoutMillis(handshake.toMillis());
    return handler;
  }

  /// What a handshake that has just succeeded has agreed on.
  static TlsFacts facts(ChannelHandlerContext ctx, Optional<ClientTrust> trust) {
    var session = ctx.pipeline().get(SslHandler.class).engine().getSession();
    return new TlsFacts(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName(session),
        trust.flatMap(authorities -> authorities.subject(session)));
  }

  private static Optional<String> serverName(SSLSession session) {
    if (!(session instanceof ExtendedSSLSession extended)) return Optional.empty();
    return extended.getRequestedServerNames().stream()
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName())
        .findFirst();
  }

  private static String reason(Exception e) {
    var cause = e instanceof SSLException && e.getCause() != null ? e.getCause() : e;
    return String.valueOf(cause.getMessage());
  }
}
