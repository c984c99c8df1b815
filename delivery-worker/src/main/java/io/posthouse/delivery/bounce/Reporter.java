package io.posthouse.delivery.bounce;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes the message that tells a sender what failed.
///
/// @param host our name: the `Reporting-MTA`
/// @param node which of us it was, for the trace
public record Reporter(String host, String node) {
  /// The DSN, ready for the queue; empty where there is nobody to tell. It has the null
  /// reverse-path, so it is never answered itself (RFC 5321 §4.5.5), and the same failures of the
  /// same message give the same queue id, so one that is made again after a crash is recognised.
  ///
  /// @param headers the header section of the message, for the sender to know it by
  public Optional<Envelope> report(
      Envelope message, List<Failure> failures, Octets headers, Instant now) {
    var sender = message.reversePath().sender();
    if (sender.isEmpty() || message.returnTo().isEmpty()) return Optional.empty();
    var queueId = message.queueId().derived(purpose(failures));
    var notice = new Notice(queueId, host, sender.get(), message, failures, headers, now);
    return Optional.of(
        envelope(sender.get(), message.returnTo().get(), notice, DsnComposer.compose(notice)));
  }

  private Envelope envelope(
      MailAddress sender, Destination returnTo, Notice notice, Octets content) {
    return Envelope.accepted(
        notice.queueId(),
        new ReversePath.Null(),
        Optional.empty(),
        List.of(new Recipient(sender, returnTo)),
        MailParameters.NONE,
        ourselves(),
        notice.now(),
        trace(notice),
        new Content.Inline(content));
  }

  private Client ourselves() {
    return new Client(
        InetAddress.getLoopbackAddress(), 0, host, "local", "dsn", node, Optional.empty());
  }

  private Octets trace(Notice notice) {
    return Octets.utf8(
        "Received: by %s (Posthouse) id %s;\r\n\t%s\r\n"
            .formatted(host, notice.queueId(), Dates.format(notice.now())));
  }

  private static String purpose(List<Failure> failures) {
    return failures.stream()
        .map(failure -> failure.recipient().address().toString())
        .sorted()
        .collect(Collectors.joining("\n", "dsn\n", ""));
  }
}
