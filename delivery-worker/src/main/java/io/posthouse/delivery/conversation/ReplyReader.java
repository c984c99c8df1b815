package io.posthouse.delivery.conversation;

import io.posthouse.smtp.Reply;
import io.posthouse.smtp.ReplyParser;
import io.posthouse.smtp.ReplyParser.NotAReply;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Replies from a wire. Takes a bare LF for a line end, as hosts exist that send it; nobody can
/// smuggle anything to a client.
final class ReplyReader {
  /// RFC 5321 §4.5.3.1.5 says 512; hosts explain themselves at more length.
  private static final int LONGEST_LINE = 8192;

  private final Wire wire;
  private final ReplyParser parser = new ReplyParser();
  private final byte[] buffer = new byte[4096];
  private int next;
  private int end;

  ReplyReader(Wire wire) {
    this.wire = wire;
  }

  /// The next reply, whole, within `patience`: a host that sends an octet now and then does not
  /// hold us for ever.
  Reply next(Duration patience) throws IOException {
    var deadline = System.nanoTime() + patience.toNanos();
    try {
      Optional<Reply> reply;
      do reply = parser.line(line(deadline));
      while (reply.isEmpty());
      return reply.get();
    } catch (NotAReply e) {
      throw new Unintelligible(e);
    }
  }

  /// Whether more has come than what was asked for.
  boolean hasMore() {
    return next < end;
  }

  private String line(long deadline) throws IOException {
    var line = new ByteArrayOutputStream(80);
    while (true) {
      if (next == end) fill(deadline);
      var octet = buffer[next++];
      if (octet == '\n') return withoutCr(line.toString(StandardCharsets.UTF_8));
      if (line.size() == LONGEST_LINE) throw new Unintelligible("a line without end");
      line.write(octet);
    }
  }

  private void fill(long deadline) throws IOException {
    var left = Duration.ofNanos(deadline - System.nanoTime());
    if (!left.isPositive()) throw new SocketTimeoutException();
    next = 0;
    end = Math.max(0, wire.read(buffer, left));
    if (end == 0) throw new EOFException("the host closed the connection");
  }

  private static String withoutCr(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /// What came is not SMTP.
  static final class Unintelligible extends IOException {
    private static final long serialVersionUID = 1;

    Unintelligible(NotAReply what) {
      super("not a reply: " + what.getMessage(), what);
    }

    Unintelligible(String what) {
      super("not a reply: " + what);
    }
  }
}
