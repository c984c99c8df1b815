package io.posthouse.bounce;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.Action;
import io.posthouse.srs.Srs;
import io.posthouse.srs.Srs.Reversed;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes the message that tells a sender what became of another one.
///
/// @param host our name: the `Reporting-MTA`
/// @param node which of us it was, for the trace
/// @param srs reads the senders of mail that we forwarded, who are told where they are
public record Reporter(String host, String node, Optional<Srs> srs) {
  /// One that forwards nothing.
  public Reporter(String host, String node) {
    this(host, node, Optional.empty());
  }

  /// The DSN; empty where there is nobody to tell. It has the null reverse-path, so it is never
  /// answered itself (RFC 5321 §4.5.5), and the same news of the same message has the same queue
  /// id, so a DSN that is made again after a crash is recognised.
  ///
  /// @param fates of one action, at least one
  public Optional<Dsn> report(Envelope message, List<Fate> fates, Returned returned, Instant now) {
    var sender = message.reversePath().sender().map(address -> original(address, now));
    if (sender.isEmpty() || message.returnTo().isEmpty()) return Optional.empty();
    var queueId = message.queueId().derived(purpose(fates));
    var notice = new Notice(queueId, host, sender.get(), message, fates, returned, now);
    return Optional.of(dsn(notice, sender.get(), message.returnTo().get()));
  }

  private MailAddress original(MailAddress sender, Instant now) {
    if (srs.isEmpty() || !Srs.isRewritten(sender) || !sender.domain().equals(srs.get().domain()))
      return sender;
    return switch (srs.get().reverse(sender, now)) {
      case Reversed.Sender(var original) -> original;
      case Reversed.Expired _, Reversed.Forged _ -> sender;
    };
  }

  private Dsn dsn(Notice notice, MailAddress sender, Destination returnTo) {
    var written = DsnComposer.compose(notice);
    var draft =
        Envelope.accepted(
            notice.queueId(),
            new ReversePath.Null(),
            Optional.empty(),
            List.of(new Recipient(sender, returnTo)),
            written.parameters(),
            ourselves(),
            notice.now(),
            trace(notice),
            new Content.Inline(Octets.EMPTY));
    return new Dsn(draft, written.before(), notice.returned(), written.after());
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

  private static String purpose(List<Fate> fates) {
    var action = fates.getFirst().action();
    return fates.stream()
        .map(fate -> fate.recipient().address().toString())
        .sorted()
        .collect(Collectors.joining("\n", action == Action.FAILED ? "dsn\n" : action + "\n", ""));
  }
}
