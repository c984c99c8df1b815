package io.posthouse.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A client on a real socket that plays a [Script], cut into segments as it is told.
public final class SmtpClient implements AutoCloseable {
  private final SegmentedSocket wire;
  private final Segmentation cut;
  private Socket socket;
  private BufferedReader replies;
  private boolean greeted = true;

  private SmtpClient(SegmentedSocket wire, Segmentation cut) {
    this.wire = wire;
    this.cut = cut;
    this.socket = wire;
    this.replies = reader(wire);
  }

  static SmtpClient connect(int port) {
    return connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Segmentation.GROUPS);
  }

  public static SmtpClient connect(InetSocketAddress to, Segmentation cut) {
    try {
      return new SmtpClient(new SegmentedSocket(to, cut), cut);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Says first what a proxy says before a client's own words.
  public SmtpClient behind(byte[] header) {
    greeted = false;
    if (cut == Segmentation.TOGETHER) wire.hold(header);
    else send(header);
    return this;
  }

  /// Plays `script`; every line must come true.
  public SmtpClient play(String script) {
    var parsed = Script.parse(script);
    var played = cut == Segmentation.TOGETHER ? parsed.withoutWaiting(!greeted) : parsed;
    greeted = true;
    played.groups().forEach(this::play);
    return this;
  }

  private void play(Script.Group group) {
    if (group.startsTls()) secure();
    else if (!group.said().isEmpty()) send(String.join("\r\n", group.said()) + "\r\n");
    for (var reply : group.expected())
      if (reply.equals("(closes)")) assertEquals(List.of(), reply());
      else expect(reply);
  }

  /// What is sent just so, one octet for each character.
  public SmtpClient send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  private SmtpClient send(byte[] octets) {
    try {
      // Above TLS each piece is a record; below it, the socket has cut already.
      if (socket == wire) socket.getOutputStream().write(octets);
      else SegmentedSocket.send(octets, cut, socket.getOutputStream());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SmtpClient expect(String beginning) {
    var reply = reply();
    var last = reply.isEmpty() ? "(closes)" : reply.getLast();
    assertEquals(beginning, last.substring(0, Math.min(beginning.length(), last.length())));
    return this;
  }

  /// The lines of the next reply; none when the server has hung up.
  public List<String> reply() {
    try {
      var lines = new ArrayList<String>();
      for (var line = replies.readLine(); line != null; line = replies.readLine()) {
        lines.add(line);
        if (line.length() < 4 || line.charAt(3) == ' ') return lines;
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Goes on in TLS, whoever the server says it is.
  public SmtpClient secure() {
    try {
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new TrustsAnybody()}, null);
      var secured =
          (SSLSocket) tls.getSocketFactory().createSocket(wire, "localhost", wire.getPort(), true);
      secured.startHandshake();
      wire.sendWhole();
      socket = secured;
      replies = reader(socket);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Says no more, but listens.
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lines that make content of about `length` octets.
  public static String lines(int length) {
    var line = "0123456789".repeat(7) + "\r\n";
    return IntStream.range(0, length / line.length() + 1)
        .mapToObj(_ -> line)
        .collect(Collectors.joining());
  }

  private static BufferedReader reader(Socket socket) {
    try {
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static final class TrustsAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
