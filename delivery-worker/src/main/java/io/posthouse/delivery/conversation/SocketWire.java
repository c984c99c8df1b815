package io.posthouse.delivery.conversation;

import io.posthouse.outcome.MxHost;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A TCP connection.
final class SocketWire implements Wire {
  private static final int OUTPUT_BUFFER = 16 * 1024;

  private final Socket socket;
  private final OutputStream output;

  private SocketWire(Socket socket, OutputStream output) {
    this.socket = socket;
    this.output = output;
  }

  /// @param source where it comes from; empty where the system chooses
  /// @param alarms hangs up on a host that takes no octets for longer than `patience.block()`
  static SocketWire connect(
      MxHost mx, Optional<InetAddress> source, Patience patience, ScheduledExecutorService alarms)
      throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      if (source.isPresent()) socket.bind(new InetSocketAddress(source.get(), 0));
      var address = new InetSocketAddress(mx.address(), mx.port());
      socket.connect(address, millis(patience.connect()));
      var output = new WatchedOutput(socket, patience.block(), alarms);
      return new SocketWire(socket, new BufferedOutputStream(output, OUTPUT_BUFFER));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public int read(byte[] buffer, Duration patience) throws IOException {
    socket.setSoTimeout(millis(patience));
    return socket.getInputStream().read(buffer);
  }

  @Override
  public void close() {
    hangUp(socket);
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException closedAllTheSame) {
      // Nothing is left to do with it.
    }
  }

  /// Zero would mean for ever.
  private static int millis(Duration patience) {
    return Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE);
  }

  /// A blocking write knows no time-out, so somebody watches.
  private static final class WatchedOutput extends FilterOutputStream {
    private final Socket socket;
    private final Duration patience;
    private final ScheduledExecutorService alarms;

    WatchedOutput(Socket socket, Duration patience, ScheduledExecutorService alarms)
        throws IOException {
      super(socket.getOutputStream());
      this.socket = socket;
      this.patience = patience;
      this.alarms = alarms;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      var alarm = alarms.schedule(() -> hangUp(socket), patience.toMillis(), TimeUnit.MILLISECONDS);
      try {
        out.write(octets, offset, length);
      } catch (IOException e) {
        if (alarm.isDone()) throw new SocketTimeoutException();
        throw e;
      } finally {
        alarm.cancel(false);
      }
    }
  }
}
