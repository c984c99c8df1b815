package io.posthouse.ops.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.HostPort;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.PostfixPeer;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.ops.testbed.SmtpClient;
import io.posthouse.ops.testbed.Testbed;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Postfix on both sides: it sends to us, and we send to it.
class PostfixPeerIT {
  private Platform platform;
  private PostfixPeer postfix;

  @BeforeEach
  void startPostfix() {
    platform = PeerWorld.shared().platform();
    // All hosts of the world have one port; smtp-sink is at 127.0.0.1.
    var listen = new HostPort("127.0.0.2", PeerWorld.shared().sink().port());
    postfix = new PostfixPeer(listen, platform.smtp());
    platform.dns().mx("postfix.test", 10, "mx.postfix.test").a("mx.postfix.test", "127.0.0.2");
  }

  @AfterEach
  void stopPostfix() {
    postfix.close();
  }

  @Test
  void what_we_deliver_to_postfix_is_what_was_sent() throws IOException {
    var sent = SampleMessage.of("to-postfix");
    var reply = SmtpClient.send(platform.smtp(), "x@client.test", "y@postfix.test", sent);
    var id = SmtpClient.queueId(reply);

    Eventually.holds("Postfix has it", () -> !postfix.mails().isEmpty());
    assertEquals(1, postfix.mails().size());
    var arrived = new String(postfix.mails().getFirst(), ISO_8859_1);
    assertTrue(arrived.contains(id), arrived);
    // A maildir has LF line ends.
    assertTrue(arrived.endsWith(new String(sent, ISO_8859_1).replace("\r\n", "\n")), arrived);
  }

  @Test
  void what_postfix_sends_us_is_in_the_mailbox() {
    var maria = platform.user("maria@local.test");
    var message = new String(SampleMessage.of("from-postfix"), ISO_8859_1).replace("\r\n", "\n");
    var file = Testbed.folder("postfix").resolve("message.eml");
    Testbed.write(file, message.getBytes(ISO_8859_1));

    postfix.send("y@postfix.test", maria, file);

    var raw = new String(platform.raw(maria, 1), ISO_8859_1);
    var body = message.substring(message.indexOf("\n\n")).replace("\n", "\r\n");
    assertTrue(raw.endsWith(body), raw);
    assertTrue(raw.contains("Return-Path: <y@postfix.test>"), raw);
  }
}
