package io.posthouse.delivery.conversation;

import io.posthouse.address.Domain;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.delivery.tls.TlsSession;
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
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A TCP connection, and TLS inside it from a certain moment on.
final class SocketWire implements Wire {
  private static final int OUTPUT_BUFFER = 16 * 1024;

  /// What hanging up closes: to close TLS in good order could block.
  private final Socket socket;

  private final Duration block;
  private final ScheduledExecutorService alarms;
  private @Nullable SSLSocket inside;
  private OutputStream output;

  private SocketWire(Socket socket, Duration block, ScheduledExecutorService alarms)
      throws IOException {
    this.socket = socket;
    this.block = block;
    this.alarms = alarms;
    this.output = buffered(socket.getOutputStream());
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
      return new SocketWire(socket, patience.block(), alarms);
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
    if (inside == null) return socket.getInputStream().read(buffer);
    // A record is read whole, however slowly it comes.
    var octets = inside.getInputStream();
    return watched(patience, () -> octets.read(buffer));
  }

  @Override
  public TlsSession secure(TlsClient tls, MxHost mx, Optional<Domain> serverName, Duration patience)
      throws IOException {
    socket.setSoTimeout(millis(patience));
    var within = tls.over(socket, mx, serverName);
    var session = watched(patience, () -> tls.shakeHands(within, serverName));
    inside = within;
    output = buffered(within.getOutputStream());
    return session;
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

  private OutputStream buffered(OutputStream octets) {
    return new BufferedOutputStream(new WatchedOutput(octets), OUTPUT_BUFFER);
  }

  /// Zero would mean for ever.
  private static int millis(Duration patience) {
    return Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE);
  }

  private interface Blocking<T> {
    T run() throws IOException;
  }

  /// For what knows no time-out of its own: a write, and whatever takes several reads.
  private <T> T watched(Duration patience, Blocking<T> work) throws IOException {
    var alarm = alarms.schedule(this::close, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return work.run();
    } catch (IOException e) {
      if (alarm.isDone()) throw new SocketTimeoutException();
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  private final class WatchedOutput extends FilterOutputStream {
    WatchedOutput(OutputStream octets) {
      super(octets);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      watched(
          block,
          () -> {
            out.write(octets, offset, length);
            return length;
          });
    }
  }
}
