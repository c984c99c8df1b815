package io.posthouse.edge.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.Origin;
import io.posthouse.edge.session.Refusal;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Stage;
import java.util.Optional;

/// A client that cannot come in: told why, where it can hear us before TLS, and sent away.
final class Turned extends ChannelInboundHandlerAdapter {
  private final Listener listener;
  private final Backstage backstage;
  private final Origin origin;
  private final Refusal refusal;

  Turned(Listener listener, Backstage backstage, Origin origin, Refusal refusal) {
    this.listener = listener;
    this.backstage = backstage;
    this.origin = origin;
    this.refusal = refusal;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    backstage
        .events()
        .record(
            new MailEvent.Refused(
                Stage.CONNECT,
                refusal.check(),
                refusal.reply(),
                new MailEvent.Peer(
                    origin.client().address(), "", listener.name(), Link.plain(origin).passage()),
                Optional.empty(),
                Optional.empty()));
    if (listener.isTlsFromTheStart()) {
      Farewell.atOnce(ctx);
      return;
    }
    var octets = ByteBufUtil.writeUtf8(ctx.alloc(), refusal.reply().wire());
    var _ = ctx.write(octets);
    Farewell.close(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) Farewell.clientEnded(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Farewell.atOnce(ctx);
  }
}
