package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import io.posthouse.peers.Peer;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SmtpSourcePeerIT {
  private static final int MESSAGES_EACH = 5_000;
  private static final int SESSIONS_EACH = 25;
  private static final int OCTETS = 4_000;

  @Test
  void ten_thousand_messages_of_fifty_sessions_are_stored_or_delivered_each_once() {
    var source = Peer.named("smtp-source");
    var world = PeerWorld.shared();
    var platform = world.platform();
    var local = platform.user("lotte@local.test");
    var remote = "x@" + platform.remoteDomain("source.test");
    try (var mailboxes = platform.mailboxes()) {
      var stored = mailboxes.ids().size();
      var delivered = world.sink().ids().size();

      var toLocal = CompletableFuture.runAsync(() -> send(source, platform, local));
      send(source, platform, remote);
      toLocal.join();

      Eventually.holds("all is stored", () -> mailboxes.count() >= stored + MESSAGES_EACH);
      Eventually.holds("all is delivered", () -> deliveries(platform) >= MESSAGES_EACH);
      Eventually.holds(
          "all is written down", () -> world.sink().ids().size() >= delivered + MESSAGES_EACH);
      assertNoneTwice(stored + MESSAGES_EACH, mailboxes.ids());
      assertNoneTwice(delivered + MESSAGES_EACH, world.sink().ids());
      System.out.printf(
          "smtp-source: %d accepted = %d stored + %d delivered, none twice%n",
          2 * MESSAGES_EACH,
          mailboxes.ids().size() - stored,
          world.sink().ids().size() - delivered);
    }
  }

  private static double deliveries(Platform platform) {
    return platform.role(Role.DELIVER).http().metric("mail_delivered_total", "");
  }

  private static void assertNoneTwice(int expected, List<String> ids) {
    assertEquals(expected, ids.size());
    assertEquals(expected, new HashSet<>(ids).size());
  }

  /// Exits with 0 only if every message got its 250.
  private static void send(Peer source, Platform platform, String to) {
    var ended =
        source.run(
            "-d",
            "-s",
            String.valueOf(SESSIONS_EACH),
            "-m",
            String.valueOf(MESSAGES_EACH),
            "-l",
            String.valueOf(OCTETS),
            "-f",
            "sender@client.test",
            "-t",
            to,
            platform.smtp().toString());
    assertEquals(0, ended.exitCode(), ended.said());
  }
}
