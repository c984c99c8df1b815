package io.posthouse.ops.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One client of a load: connects, sends its share, and connects anew when it has to.
final class LoadSession implements Runnable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final SmtpLoad load;
  private final SmtpLoad.Tally tally;
  private final SampleMail.Stamp stamp;
  private final byte[] envelope;

  LoadSession(SmtpLoad load, SmtpLoad.Tally tally) {
    this.load = load;
    this.tally = tally;
    stamp = load.mail().stamp();
    // One write for the three of them: what a client with PIPELINING does (RFC 2920).
    envelope = ascii("MAIL FROM:<" + load.from() + ">\r\nRCPT TO:<" + load.to() + ">\r\nDATA\r\n");
  }

  @Override
  public void run() {
    for (int n = tally.nextMessage(); n >= 0; ) n = connection(n);
  }

  /// Sends from message `n` on; the next one to send, or -1.
  private int connection(int n) {
    try (var socket = new Socket(load.server().host(), load.server().port())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      var replies = new BufferedInputStream(socket.getInputStream(), 1024);
      expect(replies, '2');
      say(socket, ascii("EHLO bench.example.test\r\n"));
      expect(replies, '2');
      for (int sent = 0; n >= 0 && sent < load.perConnection(); sent++) {
        message(socket, replies, n);
        n = tally.nextMessage();
      }
      say(socket, ascii("QUIT\r\n"));
      return n;
    } catch (IOException e) {
      tally.refused(String.valueOf(e.getMessage()));
      return tally.nextMessage();
    }
  }

  private void message(Socket socket, InputStream replies, int n) throws IOException {
    say(socket, envelope);
    expect(replies, '2');
    expect(replies, '2');
    expect(replies, '3');
    say(socket, stamp.numbered(n));
    var ended = System.nanoTime();
    expect(replies, '2');
    tally.accepted(System.nanoTime() - ended);
  }

  private static void say(Socket socket, byte[] what) throws IOException {
    socket.getOutputStream().write(what);
  }

  /// Reads one reply, which must begin with `digit`.
  private static void expect(InputStream replies, char digit) throws IOException {
    var line = line(replies);
    while (line.length() > 3 && line.charAt(3) == '-') line = line(replies);
    if (line.isEmpty() || line.charAt(0) != digit) throw new IOException("server said: " + line);
  }

  private static String line(InputStream replies) throws IOException {
    var line = new StringBuilder(80);
    for (int c = replies.read(); c != '\n'; c = replies.read()) {
      if (c < 0) throw new IOException("server hung up");
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
