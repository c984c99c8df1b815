package io.posthouse.delivery.sts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.posthouse.pki.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A policy host on loopback: a real HTTPS server, which says whatever it is told to.
public final class PolicyServer implements AutoCloseable {
  private record Reply(int status, @Nullable String type, String body, boolean inChunks) {}

  private final HttpsServer server;
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Reply reply = new Reply(404, null, "", false);
  private volatile String asked = "nothing";

  private PolicyServer(HttpsServer server) {
    this.server = server;
  }

  public static PolicyServer start(TestIdentity identity) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      var https = HttpsServer.create(address, 10);
      https.setHttpsConfigurator(new HttpsConfigurator(identity.server()));
      https.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      var server = new PolicyServer(https);
      https.createContext("/", server::answer);
      https.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// Host and path of the last question.
  String asked() {
    return asked;
  }

  public int questions() {
    return questions.get();
  }

  public PolicyServer answer(String type, String body) {
    return answer(200, type, body);
  }

  PolicyServer answer(int status, @Nullable String type, String body) {
    reply = new Reply(status, type, body, false);
    return this;
  }

  PolicyServer answerInChunks(String type, String body) {
    reply = new Reply(200, type, body, true);
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var said = reply;
      questions.incrementAndGet();
      asked = exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI();
      if (said.type() != null) exchange.getResponseHeaders().set("Content-Type", said.type());
      var body = said.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(said.status(), said.inChunks() ? 0 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
