package io.posthouse.edge.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.posthouse.edge.proxy.ProxyHeader;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.Origin;
import io.posthouse.telemetry.MailEvent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A proxy that has to say whose connection this is. Nothing is said to anybody before it has, and
/// all that follows its header, TLS or SMTP, is the client's.
///
/// A proxy that comes and goes without a word looks whether we are there, and is nobody's trouble.
final class ProxyGate extends ChannelInboundHandlerAdapter {
  private final Listener listener;
  private final Backstage backstage;
  private final Origin proxy;
  private final Consumer<Link> admit;
  private @Nullable ChannelHandlerContext ctx;
  private ByteBuf seen = Unpooled.EMPTY_BUFFER;
  private @Nullable Future<?> patience;
  private boolean done;

  /// @param proxy the connection itself
  /// @param admit makes what follows in the pipeline
  ProxyGate(Listener listener, Backstage backstage, Origin proxy, Consumer<Link> admit) {
    this.listener = listener;
    this.backstage = backstage;
    this.proxy = proxy;
    this.admit = admit;
  }

  /// This node stops; nobody has been greeted yet who would want to hear good-bye. On the event
  /// loop.
  void stop() {
    if (ctx != null && !done) Farewell.atOnce(ctx);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    patience =
        ctx.executor()
            .schedule(
                () -> refuse(ctx, "no header in time"),
                listener.front().headerTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (done) {
      ((ByteBuf) message).release();
      return;
    }
    seen = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), seen, (ByteBuf) message);
    var octets = ByteBufUtil.getBytes(seen);
    switch (ProxyHeader.read(octets, octets.length)) {
      case ProxyHeader.Partial _ -> {}
      case ProxyHeader.Malformed(var why) -> refuse(ctx, why);
      case ProxyHeader.Own(int length) -> goOn(ctx, Link.plain(proxy), length);
      case ProxyHeader.Brought brought -> goOn(ctx, link(brought), brought.length());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) leave(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    leave(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Farewell.atOnce(ctx);
  }

  private Link link(ProxyHeader.Brought brought) {
    var client = brought.client().address();
    var origin =
        Origin.brought(
                brought.client(),
                brought.server(),
                Optional.of(proxy.client()),
                brought.connectionId(),
                listener.front().trust(client))
            .forwarding(listener.front().forwards(client));
    return new Link(origin, brought.tls(), Optional.empty());
  }

  private void goOn(ChannelHandlerContext ctx, Link link, int length) {
    finish();
    var rest = seen.skipBytes(length);
    seen = Unpooled.EMPTY_BUFFER;
    admit.accept(link);
    ctx.fireChannelActive();
    if (rest.isReadable()) ctx.fireChannelRead(rest);
    else rest.release();
    var _ = ctx.pipeline().remove(this);
  }

  /// The proxy has gone, or says no more.
  private void leave(ChannelHandlerContext ctx) {
    if (seen.isReadable()) refuse(ctx, "header cut short");
    finish();
    Farewell.atOnce(ctx);
  }

  private void refuse(ChannelHandlerContext ctx, String why) {
    if (done) return;
    finish();
    seen.release();
    seen = Unpooled.EMPTY_BUFFER;
    backstage
        .events()
        .record(new MailEvent.ProxyHeaderRefused(proxy.client().address(), listener.name(), why));
    Farewell.atOnce(ctx);
  }

  private void finish() {
    done = true;
    if (patience != null) patience.cancel(false);
  }
}
