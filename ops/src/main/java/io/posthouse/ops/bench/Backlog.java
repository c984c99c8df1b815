package io.posthouse.ops.bench;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueIds;
import io.posthouse.message.Recipient;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.queue.MailQueue;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/// Mail that lies in the queue before a role is started, so that what is measured is the role
/// alone.
///
/// @param mail what each message is
/// @param recipients each message has one, in turn
record Backlog(int messages, SampleMail mail, List<Recipient> recipients) {
  /// Puts in flight at one time: enough to fill the producer's batches.
  private static final int AT_ONCE = 2_000;

  private static final Client BENCH =
      new Client(
          InetAddress.getLoopbackAddress(),
          0,
          "bench.example.test",
          "ESMTP",
          "bench",
          "bench",
          Optional.empty());

  Backlog {
    recipients = List.copyOf(recipients);
  }

  /// A recipient of this address, with this destination.
  static Recipient recipient(String address, Destination destination) {
    return new Recipient(MailAddress.of(address), destination);
  }

  /// Puts all of it; returns when it is durable.
  void putInto(MailQueue queue) throws InterruptedException {
    var ids = new QueueIds(InstantSource.system());
    var free = new Semaphore(AT_ONCE);
    var trouble = new AtomicReference<>("");
    for (int n = 0; n < messages && trouble.get().isEmpty(); n++) {
      free.acquire();
      var _ =
          queue
              .put(envelope(ids, n))
              .thenAccept(answer -> {
                if (answer instanceof MailQueue.Put.NotQueued(var why)) trouble.set(why);
                free.release();
              });
    }
    free.acquire(AT_ONCE);
    if (!trouble.get().isEmpty()) throw CommandFailed.unreachable("Kafka", trouble.get());
  }

  private Envelope envelope(QueueIds ids, int n) {
    return Envelope.accepted(
        ids.next(),
        // Nobody is to hear of a failure.
        new ReversePath.Null(),
        Optional.empty(),
        List.of(recipients.get(n % recipients.size())),
        MailParameters.NONE,
        BENCH,
        Instant.now(),
        Octets.utf8("Received: from bench.example.test; Thu, 1 Jan 2026 00:00:00 +0000\r\n"),
        new Content.Inline(Octets.of(mail.content(n))));
  }
}
