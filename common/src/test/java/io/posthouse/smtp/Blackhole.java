package io.posthouse.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/// An address where nobody answers, as behind a firewall that drops: it listens with a full
/// backlog, so that the system ignores who wants to connect.
public final class Blackhole implements AutoCloseable {
  private static final int FULL_FOR_SURE = 200;
  private static final int SURELY_IGNORED_MS = 200;

  private final ServerSocket listening;
  private final List<Socket> backlog = new ArrayList<>();

  private Blackhole(ServerSocket listening) {
    this.listening = listening;
  }

  /// Nobody can connect to this address any more.
  public static Blackhole at(String address, int port) {
    try {
      var hole = new Blackhole(new ServerSocket());
      hole.listening.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1);
      hole.fill();
      return hole;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (var one : backlog) one.close();
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill() throws IOException {
    while (backlog.size() < FULL_FOR_SURE) {
      var one = new Socket();
      try {
        one.connect(listening.getLocalSocketAddress(), SURELY_IGNORED_MS);
        backlog.add(one);
      } catch (SocketTimeoutException ignored) {
        one.close();
        return;
      }
    }
    throw new IllegalStateException("the backlog of " + listening + " is never full");
  }
}
