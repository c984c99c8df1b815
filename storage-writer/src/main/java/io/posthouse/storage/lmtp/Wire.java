package io.posthouse.storage.lmtp;

import io.posthouse.smtp.Command;
import io.posthouse.smtp.Reply;
import io.posthouse.smtp.ReplyParser;
import io.posthouse.smtp.ReplyParser.NotAReply;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A connection on which commands go out and replies come in. An `IOException` means that it is
/// lost.
final class Wire implements Closeable {
  /// RFC 5321 §4.5.3.1.5 says 512; servers explain themselves at more length.
  private static final int LONGEST_LINE = 8192;

  private static final int BUFFER = 16 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ScheduledExecutorService alarms;

  /// @param alarms hangs up on a server that takes too long
  Wire(Socket socket, ScheduledExecutorService alarms) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    this.alarms = alarms;
  }

  /// Says something that leaves us with the next question.
  void say(Command command) throws IOException {
    out.write(command.wire().getBytes(StandardCharsets.UTF_8));
  }

  Reply ask(Command command, Duration patience) throws IOException {
    say(command);
    return reply(patience);
  }

  /// The next reply, after all that was said has left.
  Reply reply(Duration patience) throws IOException {
    return within(
        patience,
        () -> {
          out.flush();
          return read();
        });
  }

  /// For content; what is written is not on its way before the next reply is asked for, or the
  /// buffer is full.
  ///
  /// @param patience for each block
  OutputStream content(Duration patience) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int offset, int length) throws IOException {
        within(
            patience,
            () -> {
              out.write(octets, offset, length);
              return length;
            });
      }
    };
  }

  /// Whether nothing has come that nobody asked for; it would be taken for the next reply.
  boolean isInStep() throws IOException {
    return in.available() == 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closedAllTheSame) {
      // Nothing is left to do with it.
    }
  }

  private interface Blocking<T> {
    T run() throws IOException;
  }

  private <T> T within(Duration patience, Blocking<T> work) throws IOException {
    var rang = new AtomicBoolean();
    var alarm =
        alarms.schedule(
            () -> {
              rang.set(true);
              close();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return work.run();
    } catch (IOException e) {
      if (rang.get())
        throw new SocketTimeoutException("no sign for " + patience.toSeconds() + " s");
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  private Reply read() throws IOException {
    var parser = new ReplyParser();
    try {
      Optional<Reply> reply;
      do reply = parser.line(line());
      while (reply.isEmpty());
      return reply.get();
    } catch (NotAReply e) {
      throw new IOException("not a reply: " + e.getMessage(), e);
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream(80);
    while (true) {
      var octet = in.read();
      if (octet < 0) throw new EOFException("the server closed the connection");
      if (octet == '\n') return line.toString(StandardCharsets.UTF_8).stripTrailing();
      if (line.size() == LONGEST_LINE) throw new IOException("a line without end");
      line.write(octet);
    }
  }
}
