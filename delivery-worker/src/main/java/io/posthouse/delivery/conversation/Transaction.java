package io.posthouse.delivery.conversation;

import io.posthouse.address.ForwardPath;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.Recipient;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.Parameter;
import java.util.ArrayList;
import java.util.List;

/// One message for some of its recipients, in one MAIL.
public record Transaction(Envelope envelope, List<Recipient> recipients, MessageSource message) {
  public Transaction {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty())
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
  }

  Command mail(Capabilities host) {
    var parameters = new ArrayList<Parameter>();
    if (host.announcesSize()) parameters.add(new Parameter("SIZE", Long.toString(envelope.size())));
    if (host.eightBitMime() && declaresEightBit())
      parameters.add(new Parameter("BODY", "8BITMIME"));
    if (host.smtpUtf8() && needsSmtpUtf8()) parameters.add(new Parameter("SMTPUTF8", ""));
    return new Command.Mail(envelope.reversePath(), parameters);
  }

  static Command rcpt(Recipient recipient) {
    return new Command.Rcpt(new ForwardPath.Mailbox(recipient.address()), List.of());
  }

  boolean declaresEightBit() {
    return envelope.parameters().body() != Body.SEVEN_BIT;
  }

  /// RFC 6531 §3.4: the sender said so, or a path cannot be written in ASCII.
  boolean needsSmtpUtf8() {
    return envelope.parameters().smtpUtf8()
        || envelope.reversePath().sender().filter(sender -> !sender.isAscii()).isPresent()
        || recipients.stream().anyMatch(recipient -> !recipient.address().isAscii());
  }
}
