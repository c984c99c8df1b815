package io.posthouse.ops.bench;

import io.posthouse.config.HostPort;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One connection of a load, as a client holds it.
final class LoadWire implements AutoCloseable {
  // RFC 5321 §4.5.3.2.6.
  private static final int PATIENCE_MILLIS = 600_000;

  private final Socket socket;
  private final InputStream replies;

  private LoadWire(Socket socket) throws IOException {
    this.socket = socket;
    this.replies = new BufferedInputStream(socket.getInputStream(), 1024);
  }

  /// A connection that somebody else opened, and closes.
  static LoadWire of(Socket socket) throws IOException {
    return new LoadWire(socket);
  }

  /// Connects and introduces itself.
  static LoadWire open(HostPort server, LoadTls tls) throws IOException {
    var socket = new Socket(server.host(), server.port());
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return switch (tls) {
        case OFF -> new LoadWire(socket).introduced();
        case IMPLICIT -> new LoadWire(LoadTls.over(socket)).introduced();
        case STARTTLS -> {
          var plain = new LoadWire(socket).introduced();
          plain.say("STARTTLS\r\n");
          plain.expect('2');
          yield new LoadWire(LoadTls.over(socket)).named();
        }
      };
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private LoadWire introduced() throws IOException {
    expect('2');
    return named();
  }

  private LoadWire named() throws IOException {
    say("EHLO bench.example.test\r\n");
    expect('2');
    return this;
  }

  void say(String what) throws IOException {
    say(what.getBytes(StandardCharsets.US_ASCII));
  }

  void say(byte[] what) throws IOException {
    socket.getOutputStream().write(what);
  }

  void say(SampleMail.Stamp mail, int n) throws IOException {
    mail.write(n, socket.getOutputStream());
  }

  /// Reads one reply, which must begin with `digit`.
  void expect(char digit) throws IOException {
    var line = line();
    while (line.length() > 3 && line.charAt(3) == '-') line = line();
    if (line.isEmpty() || line.charAt(0) != digit) throw new IOException("server said: " + line);
  }

  private String line() throws IOException {
    var line = new StringBuilder(80);
    for (int c = replies.read(); c != '\n'; c = replies.read()) {
      if (c < 0) throw new IOException("server hung up");
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
