package io.posthouse.ops.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// One client of a load: connects, sends its share, and connects anew when it has to.
final class LoadSession implements Runnable {
  private final SmtpLoad load;
  private final SmtpLoad.Tally tally;
  private final SampleMail.Stamp stamp;
  private final byte[] envelope;

  LoadSession(SmtpLoad load, SmtpLoad.Tally tally, SampleMail.Stamp stamp) {
    this.load = load;
    this.tally = tally;
    this.stamp = stamp;
    // One write for the three of them: what a client with PIPELINING does (RFC 2920).
    envelope =
        ("MAIL FROM:<" + load.from() + ">\r\nRCPT TO:<" + load.to() + ">\r\nDATA\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void run() {
    try {
      for (int n = tally.nextMessage(); n >= 0; ) n = connection(n);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends from message `n` on; the next one to send, or -1.
  private int connection(int n) throws InterruptedException {
    var due = tally.awaitDue(n);
    try (var wire = LoadWire.open(load.server(), load.manner().tls())) {
      for (int sent = 0; n >= 0 && sent < load.manner().perConnection(); sent++) {
        message(wire, n, due);
        n = tally.nextMessage();
        if (n >= 0 && sent + 1 < load.manner().perConnection()) due = tally.awaitDue(n);
      }
      wire.say("QUIT\r\n");
      return n;
    } catch (IOException e) {
      tally.refused(String.valueOf(e.getMessage()));
      return tally.nextMessage();
    }
  }

  /// @param due when the message should have been sent; 0 where it is sent when it can be
  private void message(LoadWire wire, int n, long due) throws IOException {
    wire.say(envelope);
    wire.expect('2');
    wire.expect('2');
    wire.expect('3');
    wire.say(stamp, n);
    // A late message has waited too: what the server could not take in time counts as its wait.
    var begin = due == 0 ? System.nanoTime() : due;
    wire.expect('2');
    tally.accepted(System.nanoTime() - begin);
  }
}
