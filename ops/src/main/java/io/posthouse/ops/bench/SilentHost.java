package io.posthouse.ops.bench;

import io.posthouse.config.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/// An MX host on loopback that cannot be reached, as behind a firewall that drops: it listens with
/// a full backlog, so that the system ignores who wants to connect.
final class SilentHost implements AutoCloseable {
  private static final String NETWORK = "127.77.0.";
  private static final int FULL_FOR_SURE = 200;
  private static final int SURELY_IGNORED_MS = 500;

  private final String address;
  private final ServerSocket listening;
  private final List<Socket> backlog = new ArrayList<>();

  private SilentHost(String address) throws IOException {
    this.address = address;
    this.listening = new ServerSocket(0, 1, InetAddress.ofLiteral(address));
  }

  /// At any free port.
  ///
  /// @param n each has an address of its own, 1..254
  static SilentHost start(int n) {
    try {
      var host = new SilentHost(NETWORK + n);
      host.fill();
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HostPort address() {
    return new HostPort(address, listening.getLocalPort());
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
  }
}
