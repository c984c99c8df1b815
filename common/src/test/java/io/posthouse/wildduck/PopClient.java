package io.posthouse.wildduck;

import io.posthouse.peers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A POP3 client for tests (RFC 1939), within TLS. A command that is refused fails the test.
public final class PopClient implements AutoCloseable {
  private final Wire wire;

  private PopClient(Wire wire) {
    this.wire = wire;
  }

  static PopClient login(int port, String user, String password) {
    var client = new PopClient(connect(port));
    client.expectOk("greeting");
    client.ask("USER " + user);
    client.ask("PASS " + password);
    return client;
  }

  /// The first line of the answer, without `+OK`.
  public String ask(String command) {
    wire.sendLine(command);
    return expectOk(command);
  }

  /// The lines of a longer answer, such as to `UIDL`.
  public List<String> lines(String command) {
    ask(command);
    var lines = new ArrayList<String>();
    for (var line = wire.line(); !line.equals("."); line = wire.line())
      lines.add(line.startsWith(".") ? line.substring(1) : line);
    return lines;
  }

  /// A message by its number from 1 on, with the line end that POP3 needs before its last dot.
  public String message(int number) {
    return String.join("\r\n", lines("RETR " + number)) + "\r\n";
  }

  /// Ends the session, and with it removes what was deleted.
  public void quit() {
    ask("QUIT");
  }

  @Override
  public void close() {
    wire.close();
  }

  private String expectOk(String command) {
    var answer = wire.line();
    if (!answer.startsWith("+OK")) throw new AssertionError(command + ": " + answer);
    return answer.substring(3).strip();
  }

  private static Wire connect(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return Wire.over(context.getSocketFactory().createSocket(socket, Ports.HOST, port, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// WildDuck comes with a certificate that it signed itself.
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
