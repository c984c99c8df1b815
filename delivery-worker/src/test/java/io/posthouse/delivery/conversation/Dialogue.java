package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.delivery.security.Security;
import io.posthouse.delivery.tls.Authorities;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.delivery.tls.TlsSession;
import io.posthouse.message.TlsFacts;
import io.posthouse.outcome.MxHost;
import io.posthouse.pki.TestIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/// A host that keeps to a script in the notation of the RFCs: says its `S:` lines and expects the
/// `C:` lines, in exactly this order. The client must not speak before its turn, nor wait when it
/// is its turn.
///
/// `C: (TLS)` is a handshake, `C: (TLS: reason)` one that comes to nothing for that reason. `S:
/// (hangs up)` ends the connection, `S: (silent for 300 s)` is what a client hears that is as
/// patient as that.
final class Dialogue implements Wire {
  static final Approach APPROACH = new Approach(new Security.Opportunistic());

  private static final TlsClient TLS =
      new TlsClient(new Authorities(Set.of()), InstantSource.system());

  private final List<String> script;
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private List<X509Certificate> shown = List.of();
  private Optional<Domain> asked = Optional.empty();
  private int next;
  private boolean closed;

  Dialogue(String script) {
    this.script = script.lines().filter(line -> !line.isBlank()).map(Dialogue::line).toList();
  }

  Conversation conversation() {
    return conversation(APPROACH);
  }

  Conversation conversation(Approach approach) {
    return conversation(approach, TLS);
  }

  Conversation conversation(Approach approach, TlsClient client) {
    return new Conversation(mx(), approach, this, Patience.RFC5321, client);
  }

  /// What it shows in handshakes.
  Dialogue showing(TestIdentity certificate) {
    shown = certificate.chain();
    return this;
  }

  /// The name it heard in SNI.
  Optional<Domain> asked() {
    return asked;
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
  public TlsSession secure(TlsClient tls, MxHost mx, Optional<Domain> serverName, Duration patience)
      throws IOException {
    assertTrue(
        line().startsWith("C: (TLS"), () -> "shakes hands, but the host waits for " + line());
    assertEquals(Patience.RFC5321.tls(), patience);
    asked = serverName;
    var words = line();
    next++;
    if (!words.equals("C: (TLS)"))
      throw new SSLException(words.substring("C: (TLS: ".length(), words.length() - 1));
    return new TlsSession(TlsFacts.of("TLSv1.3", "TLS_AES_128_GCM_SHA256"), shown);
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

  /// `<CRLF>` in a line brings two of them in one segment.
  private int say(byte[] buffer) {
    var said = line().substring(3).replace("<CRLF>", "\r\n") + "\r\n";
    var octets = said.getBytes(StandardCharsets.ISO_8859_1);
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
