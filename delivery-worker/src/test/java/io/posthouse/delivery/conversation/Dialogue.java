package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.security.Security;
import io.posthouse.outcome.MxHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A host that keeps to a script in the notation of the RFCs: says its `S:` lines and expects the
/// `C:` lines, in exactly this order. The client must not speak before its turn, nor wait when it
/// is its turn.
///
/// `S: (hangs up)` ends the connection, `S: (silent for 300 s)` is what a client hears that is as
/// patient as that.
final class Dialogue implements Wire {
  static final Approach APPROACH = new Approach(new Security.Opportunistic());

  private final List<String> script;
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private int next;
  private boolean closed;

  Dialogue(String script) {
    this.script = script.lines().filter(line -> !line.isBlank()).map(Dialogue::line).toList();
  }

  Conversation conversation() {
    return new Conversation(mx(), APPROACH, this, Patience.RFC5321);
  }

  static MxHost mx() {
    return new MxHost("mx.example.net", InetAddress.ofLiteral("192.0.2.25"), 25);
  }

  /// The script was played to its end, and the connection is, or is not, closed.
  void assertPlayed(boolean toBeClosed) {
    assertEquals(List.of(), script.subList(next, script.size()), "not played");
    assertEquals(toBeClosed, closed, "closed");
  }

  @Override
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int octet) {
        unsent.write(octet);
      }

      @Override
      public void flush() {
        hear();
      }
    };
  }

  @Override
  public int read(byte[] buffer, Duration patience) throws IOException {
    assertTrue(unsent.size() == 0, () -> "waits with an unsent " + unsent);
    assertTrue(hostSpeaks(), () -> "waits, but the host waits for " + line());
    if (line().equals("S: (hangs up)")) return hangUp();
    if (line().startsWith("S: (silent for ")) throw silence(patience);
    return say(buffer);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void hear() {
    var heard = unsent.toString(StandardCharsets.ISO_8859_1);
    unsent.reset();
    for (var line : heard.split("(?<=\r\n)")) {
      assertTrue(next < script.size(), () -> "said after the end: " + line);
      assertEquals(line(), "C: " + line.replace("\r\n", ""));
      assertTrue(line.endsWith("\r\n"), () -> "no line: " + line);
      next++;
    }
  }

  private int say(byte[] buffer) {
    var octets = (line().substring(3) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(octets, 0, buffer, 0, octets.length);
    next++;
    return octets.length;
  }

  private int hangUp() {
    next++;
    return -1;
  }

  private SocketTimeoutException silence(Duration patience) {
    // What is left of it when it reads; nothing else takes time here.
    var seconds = Math.round(patience.toMillis() / 1000.0);
    assertEquals(line(), "S: (silent for " + seconds + " s)");
    next++;
    return new SocketTimeoutException();
  }

  private boolean hostSpeaks() {
    return next < script.size() && line().startsWith("S: ");
  }

  /// A `C:` alone is an empty line.
  private static String line(String written) {
    var line = written.strip();
    return line.equals("C:") ? "C: " : line;
  }

  private String line() {
    return next < script.size() ? script.get(next) : "the end";
  }
}
