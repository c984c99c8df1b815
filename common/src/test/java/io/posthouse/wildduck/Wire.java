package io.posthouse.wildduck;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// A connection to a server that speaks in lines. Octets are characters of the same number.
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
  }

  static Wire to(int port) {
    try {
      return over(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Wire over(Socket socket) throws IOException {
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return new Wire(socket);
  }

  /// The next line, without its end.
  String line() {
    try {
      var line = new StringBuilder();
      for (int octet = octet(); octet != '\n'; octet = octet()) line.append((char) octet);
      var last = line.length() - 1;
      return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next line, if it begins within this time.
  Optional<String> line(Duration patience) {
    try {
      socket.setSoTimeout((int) patience.toMillis());
      in.mark(1);
      octet();
      in.reset();
      return Optional.of(line());
    } catch (SocketTimeoutException nothing) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      patientAgain();
    }
  }

  /// So many octets, as IMAP announces them.
  String octets(int count) {
    try {
      var octets = in.readNBytes(count);
      if (octets.length < count) throw new EOFException("after " + octets.length + " of " + count);
      return new String(octets, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void sendLine(String line) {
    send(line + "\r\n");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int octet() throws IOException {
    var octet = in.read();
    if (octet < 0) throw new EOFException("the server has hung up");
    return octet;
  }

  private void patientAgain() {
    try {
      socket.setSoTimeout((int) PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
