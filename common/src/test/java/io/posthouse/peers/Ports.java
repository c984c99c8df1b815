package io.posthouse.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// Ports on loopback for programs that want to be told one.
public final class Ports {
  public static final String HOST = "127.0.0.1";

  private static final int CONNECT_MS = 1_000;

  // Below what systems give to clients and to those who do not care: nobody takes one by chance
  // before the program that was told it does.
  private static final int LOWEST = 15_000;
  private static final int ABOVE = 32_000;
  private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(ABOVE));

  private Ports() {}

  /// A port that nobody listened on a moment ago, another one each time.
  public static int free() {
    for (int tried = LOWEST; tried < ABOVE; tried++) {
      var port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), ABOVE - LOWEST);
      if (isFree(port)) return port;
    }
    throw new IllegalStateException("no port is free from " + LOWEST + " to " + (ABOVE - 1));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
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
