package io.posthouse.edge.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/// Hangs up so that the client gets our last words: to close a socket with octets unread makes the
/// system throw away what the client has not read yet.
final class Farewell {
  private static final long LINGER_SECONDS = 15;

  private Farewell() {}

  /// Without another word.
  static void atOnce(ChannelHandlerContext ctx) {
    // Nobody is left who would want to know whether that went well.
    var _ = ctx.close();
  }

  /// After all that was written.
  static void close(ChannelHandlerContext ctx) {
    if (!ctx.channel().isWritable()) {
      // It does not read what we say.
      atOnce(ctx);
      return;
    }
    closeLater(ctx.channel());
    var said = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (ctx.channel() instanceof DuplexChannel channel
        && ctx.pipeline().get(SslHandler.class) == null)
      said.addListener((ChannelFutureListener) written -> linger(written, channel));
    else said.addListener(ChannelFutureListener.CLOSE);
  }

  /// The client has ended its side: where we have ended ours, that was all.
  static void clientEnded(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel channel && channel.isOutputShutdown())
      close(channel);
  }

  private static void linger(ChannelFuture said, DuplexChannel channel) {
    if (!said.isSuccess() || channel.isInputShutdown()) {
      close(channel);
      return;
    }
    // The client now reads our end and ends too.
    channel.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    channel.config().setAutoRead(true);
  }

  private static void closeLater(Channel channel) {
    var end = channel.eventLoop().schedule(() -> close(channel), LINGER_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(_ -> end.cancel(false));
  }

  private static void close(Channel channel) {
    // Nobody is left who would want to know whether that went well.
    var _ = channel.close();
  }
}
