package io.posthouse.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A client on a real socket that plays dialogues in the notation of the RFCs: `C:` is sent with a
/// CRLF, `S:` is how the last line of the next reply begins, `S: (closes)` the end.
public final class SmtpClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private Socket socket;
  private BufferedReader replies;

  private SmtpClient(Socket socket) {
    this.socket = socket;
    this.replies = reader(socket);
  }

  static SmtpClient connect(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new SmtpClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Plays `script`; every line must come true.
  public SmtpClient play(String script) {
    script
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> {
          var said = line.substring(2).strip();
          if (line.startsWith("C:")) send(said + "\r\n");
          else if (said.equals("(closes)")) assertEquals(List.of(), reply());
          else expect(said);
        });
    return this;
  }

  /// What is sent just so, one octet for each character.
  public SmtpClient send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
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
      socket = tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
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

  private static final class TrustsAnybody extends X509ExtendedTrustManager {
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
