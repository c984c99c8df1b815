package io.posthouse.storage.outbound;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.bounce.Dates;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A message as it goes on to somebody else: the same content under our trace, with a line that
/// tells a loop when it comes back.
///
/// @param host our name
/// @param node which of us it was
record ForwardedMessage(String host, String node) {
  /// The record for the queue, its content being there.
  ///
  /// @param from whom a DSN of other hosts goes to
  Envelope of(
      Passing message,
      QueueId id,
      ReversePath from,
      MailAddress to,
      Destination destination,
      Content content,
      Instant now) {
    var envelope = message.envelope();
    return Envelope.accepted(
        id,
        from,
        envelope.returnTo(),
        List.of(new Recipient(to, destination, wishes(envelope), Optional.empty())),
        parameters(envelope.parameters()),
        ourselves(),
        now,
        lines(message, id, to, now).then(envelope.trace()),
        content);
  }

  private Octets lines(Passing message, QueueId id, MailAddress to, Instant now) {
    var received =
        "Received: by %s (Posthouse) id %s\r\n\tfor <%s>; %s\r\n"
            .formatted(host, id, to, Dates.format(now));
    return Octets.utf8(received + "Delivered-To: " + message.at() + "\r\n");
  }

  private Client ourselves() {
    return new Client(
        InetAddress.getLoopbackAddress(), 0, host, "local", "forward", node, Optional.empty());
  }

  /// ENVID and RET were for DSNs about the address that was named.
  private static MailParameters parameters(MailParameters of) {
    return new MailParameters(
        of.body(), of.smtpUtf8(), Optional.empty(), Optional.empty(), of.requireTls());
  }

  /// That it came to the address that was named, its sender is told when it is stored (RFC 3461
  /// §5.2.7.1).
  private static Set<Notify> wishes(Envelope envelope) {
    var wishes = new HashSet<Notify>();
    envelope.recipients().forEach(recipient -> wishes.addAll(recipient.notifyOn()));
    if (wishes.remove(Notify.SUCCESS) && wishes.isEmpty()) return Set.of(Notify.NEVER);
    return wishes.size() > 1 && wishes.remove(Notify.NEVER) ? wishes : Set.copyOf(wishes);
  }
}
