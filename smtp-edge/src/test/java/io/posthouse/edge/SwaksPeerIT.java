package io.posthouse.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.peers.Peer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other people's clients: swaks, and Postfix's smtp-source.
class SwaksPeerIT {
  private static final String SUBMISSION =
      "listeners=[{name: mx, port: 0, address: 127.0.0.1},"
          + "{name: submission, kind: submission, port: 0, address: 127.0.0.1}]";

  @TempDir Path folder;

  @Test
  void swaks_sends_a_message_to_a_user() {
    var swaks = Peer.named("swaks");
    try (var edge = new TestEdge().start()) {
      var ended =
          swaks.run(
              "--server",
              "127.0.0.1:" + edge.port("mx"),
              "--to",
              "bob@example.net",
              "--from",
              "alice@example.org",
              "--pipeline");
      assertEquals(0, ended.exitCode(), ended.said());
      assertEquals(1, edge.queued().size());
    }
  }

  @Test
  void swaks_logs_in_after_starttls() throws Exception {
    var swaks = Peer.named("swaks");
    try (var edge = new TestEdge(SUBMISSION).start(TestIdentity.in(folder))) {
      var ended =
          swaks.run(
              "--server",
              "127.0.0.1:" + edge.port("submission"),
              "--to",
              "dave@example.org",
              "--from",
              "bob@example.net",
              "--tls",
              "--auth-user",
              "bob",
              "--auth-password",
              "secret");
      assertEquals(0, ended.exitCode(), ended.said());
      assertEquals(Optional.of("bob"), edge.queued().getFirst().client().user());
    }
  }

  @Test
  void smtp_source_sends_many_messages_at_a_time() {
    var source = Peer.named("smtp-source");
    try (var edge = new TestEdge().start()) {
      var ended =
          source.run(
              "-s",
              "20",
              "-m",
              "1000",
              "-l",
              "10000",
              "-d",
              "-f",
              "alice@example.org",
              "-t",
              "bob@example.net",
              "127.0.0.1:" + edge.port("mx"));
      assertEquals(0, ended.exitCode(), ended.said());
      assertEquals(1000, edge.queued().size());
      assertEquals(1000, edge.queued().stream().map(e -> e.queueId()).distinct().count());
      assertTrue(edge.queued().stream().allMatch(e -> e.content().size() >= 10_000));
    }
  }
}
