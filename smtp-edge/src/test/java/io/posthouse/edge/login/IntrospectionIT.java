package io.posthouse.edge.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.posthouse.config.Secret;
import io.posthouse.edge.login.TokenVerifier.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An authorization server on loopback.
class IntrospectionIT {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private Instant now = NOW;
  private int status = 200;
  private String answer = "{}";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/introspect", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_good_token_has_a_user_and_scopes() {
    answer = "{\"active\":true,\"username\":\"bob@example.net\",\"scope\":\"smtp imap\"}";
    assertEquals(
        new Verdict.Good("bob@example.net", Set.of("smtp", "imap")), verifier().verify("a+b/c="));
    assertEquals(
        List.of("Basic ZWRnZTpzJTNBY3JldA== token=a%2Bb%2Fc%3D&token_type_hint=access_token"),
        List.copyOf(heard));
  }

  @Test
  void a_good_token_is_asked_about_once_until_it_expires() {
    var end = NOW.plusSeconds(30).getEpochSecond();
    answer = "{\"active\":true,\"username\":\"bob\",\"exp\":" + end + "}";
    var verifier = verifier();
    assertInstanceOf(Verdict.Good.class, verifier.verify("token"));
    now = NOW.plusSeconds(29);
    assertInstanceOf(Verdict.Good.class, verifier.verify("token"));
    assertEquals(1, heard.size());
    now = NOW.plusSeconds(30);
    assertEquals(new Verdict.Bad(), verifier.verify("token"));
    assertEquals(2, heard.size());
  }

  @Test
  void a_bad_token_is_asked_about_each_time() {
    answer = "{\"active\":false}";
    var verifier = verifier();
    assertEquals(new Verdict.Bad(), verifier.verify("token"));
    answer = "{\"active\":true,\"username\":\"bob\"}";
    assertInstanceOf(Verdict.Good.class, verifier.verify("token"));
  }

  @Test
  void a_token_without_a_user_or_not_yet_good_is_bad() {
    answer = "{\"active\":true}";
    assertEquals(new Verdict.Bad(), verifier().verify("token"));
    var start = NOW.plusSeconds(1).getEpochSecond();
    answer = "{\"active\":true,\"username\":\"bob\",\"nbf\":" + start + "}";
    assertEquals(new Verdict.Bad(), verifier().verify("token"));
  }

  @Test
  void a_server_in_trouble_says_nothing_about_the_token() {
    status = 500;
    assertInstanceOf(Verdict.Unknown.class, verifier().verify("token"));
    status = 200;
    answer = "<html>";
    assertInstanceOf(Verdict.Unknown.class, verifier().verify("token"));
    stop();
    var unknown = assertInstanceOf(Verdict.Unknown.class, verifier().verify("token"));
    assertTrue(unknown.why().startsWith("introspection"), unknown.why());
  }

  private TokenVerifier verifier() {
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
    return new Introspection(
        new OAuthSettings(
            "introspection",
            address,
            "edge",
            Secret.of("s:cret"),
            List.of(),
            "username",
            Duration.ofSeconds(3),
            Duration.ofMinutes(1)),
        () -> now);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      heard.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
      var octets = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, octets.length);
      exchange.getResponseBody().write(octets);
    }
  }
}
