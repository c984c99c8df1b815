package io.posthouse.edge.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.posthouse.edge.ClientCertificates;
import io.posthouse.edge.FrontSettings;
import io.posthouse.edge.ListenerSettings;
import io.posthouse.edge.TlsMode;
import io.posthouse.edge.session.Peer;
import io.posthouse.edge.session.SessionRules;
import io.posthouse.edge.session.Transaction;
import io.posthouse.message.Client;
import io.posthouse.message.TlsFacts;
import java.time.Duration;
import java.util.Optional;

/// A listener with all it needs.
///
/// @param tls where TLS is offered, or there from the start
public record Listener(ListenerSettings settings, SessionRules rules, Optional<Certificates> tls) {
  public Listener {
    if (settings.tls() == TlsMode.IMPLICIT && tls.isEmpty())
      throw new IllegalArgumentException(
          "listener "
              + settings.name()
              + ": no certificate (expected: one, as TLS is there from the start)");
  }

  String name() {
    return settings.name();
  }

  FrontSettings front() {
    return settings.front();
  }

  /// Who hands a message over, as its envelope says.
  Client client(Peer peer, Transaction transaction, String node) {
    var link = peer.link();
    return new Client(
        link.origin().client().address(),
        link.origin().client().port(),
        peer.helo(),
        peer.protocol(transaction.parameters().smtpUtf8()),
        name(),
        node,
        peer.user(),
        link.passage());
  }

  /// What makes TLS of a connection; only where there is TLS.
  ChannelHandler tlsHandler(Channel channel, Duration handshake) {
    return tls.orElseThrow()
        .handler(channel, handshake, settings.clientCertificates() != ClientCertificates.OFF);
  }

  /// What a handshake that has just succeeded has agreed on.
  TlsFacts tlsFacts(ChannelHandlerContext ctx) {
    return Tls.facts(ctx, tls.flatMap(Certificates::clientTrust));
  }

  boolean isTlsFromTheStart() {
    return settings.tls() == TlsMode.IMPLICIT;
  }
}
