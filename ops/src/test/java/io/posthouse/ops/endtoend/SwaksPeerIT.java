package io.posthouse.ops.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Arrived;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.ops.testbed.SinkPeer;
import io.posthouse.ops.testbed.Testbed;
import io.posthouse.peers.Peer;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwaksPeerIT {
  private Peer swaks;
  private Platform platform;
  private SinkPeer sink;

  @BeforeEach
  void findPeers() {
    swaks = Peer.named("swaks");
    platform = PeerWorld.shared().platform();
    sink = PeerWorld.shared().sink();
  }

  @Test
  void a_message_to_a_local_user_is_in_the_mailbox_octet_by_octet() {
    var jutta = platform.user("jutta@local.test");
    var sent = send("swaks-local", jutta);
    Arrived.intact(sent, platform.raw(jutta, 1));
  }

  @Test
  void a_message_to_a_host_that_is_dead_over_ipv6_arrives_at_smtp_sink() {
    platform.dns().mx("half.test", 10, "mx.half.test");
    platform.dns().aaaa("mx.half.test", "::1").a("mx.half.test", "127.0.0.1");
    send("swaks-remote", "x@half.test");
    Eventually.holds("smtp-sink has it", () -> sink.ids().contains("swaks-remote"));
  }

  @Test
  void a_message_for_both_reaches_both_once() {
    var karl = platform.user("karl@local.test");
    var away = "x@" + platform.remoteDomain("mixed.test");
    var sent = send("swaks-mixed", karl + "," + away);
    Arrived.intact(sent, platform.raw(karl, 1));
    Eventually.holds("smtp-sink has it", () -> sink.ids().contains("swaks-mixed"));
    assertEquals(1, Collections.frequency(sink.ids(), "swaks-mixed"));
  }

  /// Sends a message as swaks does; what was sent.
  private byte[] send(String id, String to) {
    var content =
        new String(SampleMessage.of(id), ISO_8859_1).replace('\u00e9', 'e').replace('\u00ff', 'y');
    // swaks adds a line end before the final dot.
    var file =
        Testbed.write(
            Testbed.folder("swaks"), "message.eml", content.substring(0, content.length() - 2));
    var ended =
        swaks.run(
            "--server",
            platform.smtp().toString(),
            "--from",
            "sender@client.test",
            "--to",
            to,
            "--data",
            "@" + file);
    assertEquals(0, ended.exitCode(), ended.said());
    assertTrue(ended.said().contains("250 2.0.0 Ok: queued as "), ended.said());
    return content.getBytes(ISO_8859_1);
  }
}
