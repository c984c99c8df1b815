package io.posthouse.message;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.UserId;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Messages for tests that need some message.
public final class Samples {
  public static final Recipient ALICE =
      new Recipient(
          MailAddress.of("alice@example.test"),
          new Destination.Local(user("0a11ce000000000000000001")));
  public static final Recipient BOB =
      new Recipient(
          MailAddress.of("bob@example.test"),
          new Destination.Local(user("0b0b00000000000000000002")));
  public static final Recipient CAROL = remote("carol@example.net");
  public static final Recipient DAVE = remote("dave@example.org");

  private static final QueueIds IDS = new QueueIds(InstantSource.system());
  public static final Instant ARRIVED = Instant.parse("2026-03-02T08:14:07.412Z");

  private Samples() {}

  /// An id nobody else has.
  public static QueueId queueId() {
    return IDS.next();
  }

  /// A recipient at its own domain.
  public static Recipient remote(String address) {
    var mail = MailAddress.of(address);
    return new Recipient(mail, new Destination.Remote(mail.domain()));
  }

  /// A message from `sender@example.com` on its first way, with a queue id of its own.
  public static Envelope message(Content content, Recipient... recipients) {
    return message(queueId(), content, recipients);
  }

  /// A short message, its content inline.
  public static Envelope message(Recipient... recipients) {
    return message(text("Subject: hello\r\n\r\nHello.\r\n"), recipients);
  }

  /// As `message(content, recipients)`, with this queue id.
  public static Envelope message(QueueId queueId, Content content, Recipient... recipients) {
    return Envelope.accepted(
        queueId,
        new ReversePath.Sender(MailAddress.of("sender@example.com")),
        Optional.of(new Destination.Remote(new Domain("example.com"))),
        List.of(recipients),
        MailParameters.NONE,
        client(),
        ARRIVED,
        Octets.utf8("Received: from client.example.com\r\n"),
        content);
  }

  /// The same message from somebody else, or from nobody; a DSN goes to the sender's domain.
  public static Envelope from(ReversePath sender, Envelope e) {
    return new Envelope(
        e.queueId(),
        sender,
        sender.sender().map(address -> new Destination.Remote(address.domain())),
        e.recipients(),
        e.parameters(),
        e.client(),
        e.arrived(),
        e.trace(),
        e.content(),
        e.attempts(),
        e.attemptCount(),
        e.due());
  }

  /// The same message with other parameters of MAIL.
  public static Envelope declaring(MailParameters parameters, Envelope e) {
    return new Envelope(
        e.queueId(),
        e.reversePath(),
        e.returnTo(),
        e.recipients(),
        parameters,
        e.client(),
        e.arrived(),
        e.trace(),
        e.content(),
        e.attempts(),
        e.attemptCount(),
        e.due());
  }

  /// A recipient about whom its sender wants to hear.
  public static Recipient notifying(Recipient to, Recipient.Notify... events) {
    return new Recipient(to.address(), to.destination(), Set.of(events), to.originalRecipient());
  }

  /// Content inline.
  public static Content.Inline text(String text) {
    return new Content.Inline(Octets.utf8(text));
  }

  /// A client at 192.0.2.1.
  public static Client client() {
    return new Client(
        InetAddress.ofLiteral("192.0.2.1"),
        49152,
        "client.example.com",
        "ESMTP",
        "mx",
        "edge-1",
        Optional.empty());
  }

  private static UserId user(String hex) {
    return new UserId(hex);
  }
}
