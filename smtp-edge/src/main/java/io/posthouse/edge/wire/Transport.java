package io.posthouse.edge.wire;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/// What carries the octets: epoll where the system has it.
record Transport(IoHandlerFactory io, Class<? extends ServerChannel> channel) {
  static Transport best() {
    return Epoll.isAvailable()
        ? new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
        : new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }

  MultiThreadIoEventLoopGroup loops(int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, Thread.ofPlatform().name("edge-", 0).factory(), io);
  }
}
