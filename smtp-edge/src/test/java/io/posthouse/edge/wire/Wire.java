package io.posthouse.edge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// A connection without a socket: octets in, octets out.
final class Wire extends EmbeddedChannel {
  Wire(SmtpConnection connection) {
    super(connection);
  }

  @Override
  protected SocketAddress localAddress0() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 25);
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 40_000);
  }

  void say(String octets) {
    say(octets.getBytes(ISO_8859_1));
  }

  void say(byte[] octets) {
    if (isOpen()) writeInbound(Unpooled.wrappedBuffer(octets));
  }

  /// Says no more, but listens.
  void endOutput() {
    if (isOpen()) pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    runPendingTasks();
  }

  String heard() {
    runPendingTasks();
    var heard = new StringBuilder();
    for (ByteBuf said = readOutbound(); said != null; said = readOutbound()) {
      heard.append(said.toString(ISO_8859_1));
      said.release();
    }
    return heard.toString();
  }
}
