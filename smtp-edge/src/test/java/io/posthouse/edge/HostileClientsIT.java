package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that are in a hurry, very slow, or do not listen, over sockets.
class HostileClientsIT {
  private static final String HELLO = "C: EHLO client.example.org\nS: 250\n";

  @TempDir Path folder;
  private TestEdge edge = new TestEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  private void start(String... overrides) {
    edge = new TestEdge(overrides).start();
  }

  private List<String> checks() {
    return edge.events.stream()
        .filter(MailEvent.Refused.class::isInstance)
        .map(event -> ((MailEvent.Refused) event).check())
        .toList();
  }

  private double sessions() {
    return edge.metrics
        .registry()
        .getSampleValue("edge_sessions_open", new String[] {"listener"}, new String[] {"mx"});
  }

  @Test
  void whoever_speaks_before_the_greeting_is_sent_away() {
    start("greeting.pause=30s", "limits.exempt=[]");
    try (var client = edge.client("mx")) {
      client.play("C: EHLO client.example.org\nS: 554 5.5.0\nS: (closes)");
    }
    assertEquals(List.of("early_talker"), checks());
    assertEquals(1, edge.metrics.registry().getSampleValue("edge_early_talkers_total"));
  }

  @Test
  void where_that_is_only_observed_all_is_answered() {
    start("greeting.pause=30s", "limits.exempt=[]", "greeting.early_talkers=observe");
    try (var client = edge.client("mx")) {
      client.play("C: EHLO client.example.org\nS: 220\nS: 250\nC: QUIT\nS: 221\nS: (closes)");
    }
    assertEquals(List.of(), checks());
    assertEquals(1, edge.metrics.registry().getSampleValue("edge_early_talkers_total"));
  }

  @Test
  void whoever_waits_is_greeted_and_known_from_then_on() {
    start("greeting.pause=200ms", "limits.exempt=[]");
    try (var client = edge.client("mx")) {
      client.play("S: 220\n" + HELLO);
    }
    try (var again = edge.client("mx")) {
      again.play("C: EHLO client.example.org\nS: 220\nS: 250");
    }
  }

  @Test
  void a_drain_does_not_wait_for_the_greeting() {
    start("greeting.pause=30s", "limits.exempt=[]");
    try (var client = edge.client("mx")) {
      await().until(() -> sessions() == 1);
      edge.drain(Duration.ofSeconds(20));
      client.play("S: 421 4.3.2\nS: (closes)");
    }
  }

  @Test
  void what_is_pipelined_behind_errors_is_answered_later_but_in_order() {
    start("limits.free_errors=1", "limits.error_delay=50ms", "limits.errors=4");
    try (var client = edge.client("mx")) {
      client.send("A\r\nB\r\nNOOP\r\nC\r\nD\r\nE\r\nNOOP\r\n");
      client.play("S: 220\nS: 500\nS: 500\nS: 250\nS: 500\nS: 500\nS: 500\nS: 421\nS: (closes)");
    }
  }

  @Test
  void a_command_that_never_ends_is_silence() throws Exception {
    start("timeouts.idle=1s");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), edge.port("mx"))) {
      socket.getInputStream().skipNBytes("220 mx.example.net ESMTP Posthouse\r\n".length());
      await().until(() -> dripsToNoAvail(socket));
    }
    await().until(() -> sessions() == 0);
    assertEquals(List.of("time"), checks());
  }

  /// Sends one more octet of a command; whether there is an answer.
  private static boolean dripsToNoAvail(Socket socket) throws IOException {
    socket.getOutputStream().write('N');
    return socket.getInputStream().available() > 0;
  }

  @Test
  void a_session_ends_some_time_however_busy() {
    start("timeouts.session=5s");
    try (var client = edge.client("mx")) {
      client.expect("220");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> client.send("NOOP\r\n").reply().getFirst().startsWith("421 4.4.2"));
    }
  }

  @Test
  void tls_that_is_begun_and_not_finished_ends() throws Exception {
    var identity = TestIdentity.in(folder);
    edge = new TestEdge("timeouts.tls=1s").start(identity);
    try (var client = edge.client("mx")) {
      client.play("S: 220\n" + HELLO + "C: STARTTLS\nS: 220").send("\u0016");
      assertEquals(List.of(), client.reply());
    }
    await().until(() -> sessions() == 0);
  }

  @Test
  void whoever_does_not_read_is_not_read_from_and_then_let_go() throws Exception {
    start("timeouts.idle=1s", "limits.commands=1000000");
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port("mx")));
      socket.setSoTimeout(1);
      var many = "HELP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
      await().atMost(Duration.ofSeconds(60)).until(() -> sendsInVain(socket, many));
    }
    await().until(() -> sessions() == 0);
    assertEquals(List.of("time"), checks());
  }

  private static boolean sendsInVain(Socket socket, byte[] octets) {
    try {
      socket.getOutputStream().write(octets);
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void under_stress_the_idle_are_let_go_first_and_nobody_else() {
    start("limits.connections=5", "timeouts.idle_in_stress=2s");
    try (var busy = edge.client("mx");
        var one = edge.client("mx");
        var other = edge.client("mx");
        var last = edge.client("mx")) {
      for (var idle : List.of(one, other, last)) idle.expect("220");
      busy.play("S: 220\n" + HELLO);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            busy.play("C: NOOP\nS: 250");
            return checks().size() == 3;
          });
      for (var idle : List.of(one, other, last)) idle.play("S: 421 4.4.2\nS: (closes)").close();
      await().until(() -> stresses().equals(List.of(true, false)));
      busy.play("C: QUIT\nS: 221\nS: (closes)");
    }
    assertTrue(edge.metrics.registry().getSampleValue("edge_stress") == 0);
  }

  private List<Boolean> stresses() {
    return edge.events.stream()
        .filter(MailEvent.Stress.class::isInstance)
        .map(event -> ((MailEvent.Stress) event).begins())
        .toList();
  }
}
