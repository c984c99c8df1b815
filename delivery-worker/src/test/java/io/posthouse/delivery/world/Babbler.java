package io.posthouse.delivery.world;

import io.posthouse.message.Octets;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A host at every address of 127.0.0.0/8 that says what it was told to say there, reply by reply:
/// the next whenever it has heard a line, whatever that was.
public final class Babbler implements AutoCloseable {
  /// What a host says, and what it does then.
  ///
  /// @param octets replies and what goes for them: each ends with a line without a hyphen in its
  ///   fourth place
  /// @param end after the last octet
  public record Speech(Octets octets, End end) {
    private static final Pattern REPLY = Pattern.compile("(?:.{3}-[^\\n]*\\n)*+[^\\n]*(?:\\n|$)");

    private List<String> replies() {
      var text = new String(octets.toArray(), StandardCharsets.ISO_8859_1);
      return REPLY
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .filter(r -> !r.isEmpty())
          .toList();
    }
  }

  public enum End {
    /// No octet more will come, which the client sees at once.
    HALF_CLOSE,
    /// The client sees an RST, and perhaps not even what was said.
    RESET,
    SILENCE
  }

  private final ServerSocket listening;
  private final Map<InetAddress, Speech> speeches = new ConcurrentHashMap<>();

  private Babbler(ServerSocket listening) {
    this.listening = listening;
  }

  /// Says nothing anywhere, and hangs up, until told what to say.
  public static Babbler start() {
    try {
      var babbler = new Babbler(new ServerSocket(0, 50, InetAddress.ofLiteral("0.0.0.0")));
      Thread.ofVirtual().name("babbler").start(babbler::serve);
      return babbler;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// From now on it says this to whoever connects to that address.
  public void say(InetAddress at, Speech speech) {
    speeches.put(at, speech);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        Thread.ofVirtual().name("babbler-session").start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var speech = speeches.get(client.getLocalAddress());
      if (speech != null) speak(client, speech);
    } catch (IOException clientLeft) {
      // It has heard enough.
    }
  }

  private static void speak(Socket client, Speech speech) throws IOException {
    client.setTcpNoDelay(true);
    var in = new BufferedInputStream(client.getInputStream());
    for (var replies = speech.replies().iterator(); replies.hasNext(); ) {
      var reply = replies.next();
      client.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
      // After a 354 comes content, up to its dot.
      if (replies.hasNext() && !hearLine(in, reply.startsWith("3"))) return;
    }
    end(client, speech.end());
  }

  private static void end(Socket client, End end) throws IOException {
    switch (end) {
      case HALF_CLOSE -> client.shutdownOutput();
      case RESET -> {
        client.setSoLinger(true, 0);
        return;
      }
      case SILENCE -> {}
    }
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /// False where the client has left.
  private static boolean hearLine(InputStream in, boolean dot) throws IOException {
    var line = new StringBuilder();
    for (int octet; (octet = in.read()) >= 0; ) {
      line.append((char) octet);
      if (octet != '\n') continue;
      if (!dot || line.toString().equals(".\r\n")) return true;
      line.setLength(0);
    }
    return false;
  }
}
