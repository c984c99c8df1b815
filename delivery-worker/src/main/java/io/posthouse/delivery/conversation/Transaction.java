package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Extension.DSN;
import static io.posthouse.delivery.conversation.Extension.SIZE;

import io.posthouse.address.ForwardPath;
import io.posthouse.message.Envelope;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Recipient;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// One message for some of its recipients, in one MAIL.
public record Transaction(Envelope envelope, List<Recipient> recipients, MessageSource message) {
  public Transaction {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty())
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
  }

  /// The same for the first of its recipients, where there is a limit (RFC 9422 §4).
  Transaction forAtMost(OptionalInt most) {
    return most.isEmpty() || most.getAsInt() >= recipients.size()
        ? this
        : new Transaction(envelope, recipients.subList(0, most.getAsInt()), message);
  }

  Command mail(Capabilities host, Terms.Agreed terms) {
    var parameters = new ArrayList<Parameter>();
    if (host.offers(SIZE)) parameters.add(new Parameter("SIZE", Long.toString(envelope.size())));
    switch (terms.body()) {
      case SEVEN_BIT -> {}
      case EIGHT_BIT_MIME -> parameters.add(new Parameter("BODY", "8BITMIME"));
      case BINARY_MIME -> parameters.add(new Parameter("BODY", "BINARYMIME"));
    }
    if (terms.smtpUtf8()) parameters.add(new Parameter("SMTPUTF8", ""));
    if (terms.requireTls()) parameters.add(new Parameter("REQUIRETLS", ""));
    if (host.offers(DSN)) parameters.addAll(DsnParameters.ofMail(envelope));
    return new Command.Mail(envelope.reversePath(), parameters);
  }

  Command rcpt(Recipient recipient, Capabilities host) {
    return new Command.Rcpt(
        new ForwardPath.Mailbox(recipient.address()),
        host.offers(DSN) ? DsnParameters.ofRcpt(envelope, recipient) : List.of());
  }

  boolean hasSender() {
    return envelope.reversePath().sender().isPresent();
  }

  boolean requiresTls() {
    return envelope.parameters().requireTls();
  }

  /// RFC 6531 §3.4: the sender said so, or a path cannot be written in ASCII.
  boolean declaresUtf8() {
    return envelope.parameters().smtpUtf8() || !hasAsciiPaths();
  }

  boolean hasAsciiPaths() {
    return envelope.reversePath().sender().filter(sender -> !sender.isAscii()).isEmpty()
        && recipients.stream().allMatch(recipient -> recipient.address().isAscii());
  }
}
