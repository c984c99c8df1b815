package io.posthouse.ops.testbed;

import io.posthouse.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.random.RandomGenerator;

/// Ports on loopback that nobody listens on.
public final class FreePorts {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private FreePorts() {}

  /// A number that, added to each of these ports, gives free ones.
  public static int offset(List<Integer> ports) {
    while (true) {
      // Below Linux's ephemeral ports, where a client might sit by chance.
      var offset = RandomGenerator.getDefault().nextInt(1, 3_000);
      if (ports.stream().allMatch(port -> isFree(port + offset))) return offset;
    }
  }

  /// Whether somebody listens on it.
  public static boolean isTaken(int port) {
    return isTaken(new HostPort("127.0.0.1", port));
  }

  /// Whether somebody listens there.
  public static boolean isTaken(HostPort at) {
    try (var _ = new Socket(at.host(), at.port())) {
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
