package io.posthouse.ops.bench;

import io.posthouse.config.HostPort;
import io.posthouse.ops.cli.CommandFailed;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Clients that say their name and then nothing, while others send.
final class IdleSessions implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final List<Socket> open = new ArrayList<>();

  /// Returns when all of them have been greeted.
  static IdleSessions open(HostPort server, int howMany) {
    var sessions = new IdleSessions();
    try {
      for (int n = 0; n < howMany; n++) sessions.open.add(greeted(server));
      return sessions;
    } catch (IOException e) {
      var reached = sessions.open.size();
      sessions.close();
      throw CommandFailed.because("idle session " + (reached + 1) + ": " + e.getMessage());
    }
  }

  private static Socket greeted(HostPort server) throws IOException {
    var socket = new Socket(server.host(), server.port());
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      LoadWire.of(socket).expect('2');
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void close() {
    for (var socket : open) {
      try {
        socket.close();
      } catch (IOException gone) {
        // It is the server that has left, which is as good.
      }
    }
  }
}
