package io.posthouse.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.sun.net.httpserver.HttpServer;
import io.posthouse.peers.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How other people's clients log in.
class LoginPeerIT {
  private static final String LISTENERS =
      "listeners=[{name: submission, kind: submission, port: 0, address: 127.0.0.1},"
          + "{name: submissions, kind: submissions, port: 0, address: 127.0.0.1}]";
  private static final String PYTHON =
      """
      import smtplib, ssl, sys
      port, user, password = int(sys.argv[1]), sys.argv[2], sys.argv[3]
      context = ssl._create_unverified_context()
      with smtplib.SMTP("127.0.0.1", port) as smtp:
          smtp.starttls(context=context)
          smtp.login(user, password)
          smtp.sendmail("bob@example.net", ["dave@example.org"], "Subject: hello\\n\\nhello\\n")
      """;

  @TempDir Path folder;
  private HttpServer authorization;
  private TestEdge edge;

  @BeforeEach
  void start() throws Exception {
    authorization =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    authorization.createContext(
        "/introspect",
        exchange -> {
          try (exchange) {
            var asked =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var good = asked.startsWith("token=good");
            var answer = "{\"active\":" + good + ",\"username\":\"bob\",\"scope\":\"smtp\"}";
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
          }
        });
    authorization.start();
    edge =
        new TestEdge(
                LISTENERS,
                "auth.oauth.introspection_url=http://127.0.0.1:%d/introspect"
                    .formatted(authorization.getAddress().getPort()),
                "auth.oauth.scopes=smtp")
            .start(TestIdentity.in(folder));
  }

  @AfterEach
  void stop() {
    edge.close();
    authorization.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "submission,  PLAIN, --tls",
    "submission,  LOGIN, --tls",
    "submissions, PLAIN, --tls-on-connect",
    "submissions, LOGIN, --tls-on-connect"
  })
  void swaks(String listener, String mechanism, String tls) {
    var ended =
        Peer.named("swaks")
            .run(
                "--server",
                "127.0.0.1:" + edge.port(listener),
                tls,
                "--auth",
                mechanism,
                "--auth-user",
                "bob",
                "--auth-password",
                "secret",
                "--from",
                "bob@example.net",
                "--to",
                "dave@example.org");
    assertEquals(0, ended.exitCode(), ended.said());
    assertSent();
  }

  @ParameterizedTest
  @CsvSource({
    "plain,         secret",
    "login,         secret",
    "scram-sha-256, secret",
    "oauthbearer,   good-token",
    "xoauth2,       good-token"
  })
  void msmtp(String mechanism, String password) throws IOException {
    var ended = msmtp("submission", mechanism, password);
    assertEquals(0, ended.exitCode(), ended.said());
    assertSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "scram-sha-256", "oauthbearer", "xoauth2"})
  void msmtp_understands_that_it_is_wrong(String mechanism) throws IOException {
    var ended = msmtp("submissions", mechanism, "wrong");
    assertNotEquals(0, ended.exitCode());
    assertEquals(0, edge.queued().size());
  }

  @Test
  void smtplib_of_python() throws IOException {
    var script = Files.writeString(folder.resolve("send.py"), PYTHON);
    var ended =
        Peer.named("python3")
            .run(script.toString(), String.valueOf(edge.port("submission")), "bob", "secret");
    assertEquals(0, ended.exitCode(), ended.said());
    assertSent();
  }

  private Peer.Ended msmtp(String listener, String mechanism, String password) throws IOException {
    var message = Files.writeString(folder.resolve("message"), "Subject: hello\n\nhello\n");
    return Peer.named("msmtp")
        .run(
            message,
            "--file=/dev/null",
            "--host=127.0.0.1",
            "--port=" + edge.port(listener),
            "--tls=on",
            "--tls-certcheck=off",
            "--tls-starttls=" + (listener.equals("submission") ? "on" : "off"),
            "--auth=" + mechanism,
            "--user=bob",
            "--passwordeval=echo " + password,
            "--from=bob@example.net",
            "dave@example.org");
  }

  private void assertSent() {
    assertEquals(1, edge.queued().size());
    assertEquals(Optional.of("bob"), edge.queued().getFirst().client().user());
  }
}
