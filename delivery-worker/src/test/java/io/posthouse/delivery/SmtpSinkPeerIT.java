package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.peers.Peer;
import io.posthouse.peers.Ports;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Postfix's `smtp-sink`, which was written by somebody else and keeps to the RFC.
class SmtpSinkPeerIT {
  private static final int MESSAGES = 2_000;
  private static final int AT_ONCE = 100;

  @Test
  void smtp_sink_takes_two_thousand_messages_of_ten_kilobytes_each_once() throws Exception {
    var peer = Peer.named("smtp-sink");
    var port = Ports.free();
    var sink = peer.start("-u", "nobody", "127.0.0.1:" + port, "1000");
    try (var worker =
        new Worker(
            "delivery.routes.\"*\".hosts=127.0.0.1:" + port,
            "delivery.timeouts.greeting=20s",
            "delivery.timeouts.rcpt=20s",
            "delivery.timeouts.end=20s")) {
      await().atMost(Duration.ofSeconds(10)).until(() -> isListening(port));
      for (int i = 0; i < MESSAGES; i++) {
        worker.queue.put(Samples.message(tenKilobytes(i), Samples.remote(i + "@example.net")));
        // So few wait for their turn that none is put aside.
        if (i % AT_ONCE == 0) worker.awaitSettled();
      }
      worker.awaitSettled();
      var recipients =
          worker.events(MailEvent.Delivered.class).stream()
              .map(MailEvent.Delivered::to)
              .collect(Collectors.toSet());
      assertEquals(MESSAGES, worker.events(MailEvent.Delivered.class).size());
      assertEquals(MESSAGES, recipients.size());
    } finally {
      sink.destroy();
    }
  }

  private static Content tenKilobytes(int number) {
    var line = ".".repeat(number % 3) + "x".repeat(70) + "\r\n";
    var body = IntStream.range(0, 140).mapToObj(_ -> line).collect(Collectors.joining());
    return new Content.Inline(Octets.utf8("Subject: " + number + "\r\n\r\n" + body));
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
