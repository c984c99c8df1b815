package io.posthouse.delivery.world;

import io.posthouse.message.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A host at every address of 127.0.0.0/8 that says what it was told to say there, in one go and
/// whatever it hears.
public final class Babbler implements AutoCloseable {
  /// What a host says, and what it does then.
  ///
  /// @param end after the last octet
  public record Speech(Octets octets, End end) {}

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
    client.getOutputStream().write(speech.octets().toArray());
    switch (speech.end()) {
      case HALF_CLOSE -> client.shutdownOutput();
      case RESET -> {
        client.setSoLinger(true, 0);
        return;
      }
      case SILENCE -> {}
    }
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }
}
