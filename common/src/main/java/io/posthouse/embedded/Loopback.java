package io.posthouse.embedded;

import io.posthouse.lifecycle.CannotStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// The only address the embedded servers listen on.
final class Loopback {
  static final String HOST = "127.0.0.1";

  private Loopback() {}

  static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
  }

  /// A port that can be listened on: the one asked for, or any free one for 0.
  ///
  /// @throws CannotStartException where the port asked for is taken
  static int port(String who, int wanted) {
    try (var socket = new ServerSocket()) {
      socket.bind(at(wanted));
      return socket.getLocalPort();
    } catch (BindException e) {
      throw taken(who, wanted, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CannotStartException taken(String who, int port, Exception cause) {
    return new CannotStartException(
        who
            + ": port "
            + port
            + " on "
            + HOST
            + " cannot be listened on ("
            + cause.getMessage()
            + ")",
        cause);
  }
}
