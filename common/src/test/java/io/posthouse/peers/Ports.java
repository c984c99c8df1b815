package io.posthouse.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.awaitility.Awaitility;

/// Ports on loopback for programs that want to be told one.
public final class Ports {
  public static final String HOST = "127.0.0.1";

  private static final int CONNECT_MS = 1_000;

  private Ports() {}

  /// A port that nobody listened on a moment ago.
  public static int free() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns when somebody listens, and fails when the program that should has ended.
  public static void awaitListening(String program, int port, Process process) {
    Awaitility.await(program + " on port " + port)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .failFast(program + " has ended", () -> !process.isAlive())
        .until(() -> isListening(port));
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
