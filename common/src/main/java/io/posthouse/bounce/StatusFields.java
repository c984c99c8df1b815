package io.posthouse.bounce;

import static io.posthouse.bounce.Lines.CRLF;

import io.posthouse.message.OriginalRecipient;
import io.posthouse.message.Xtext;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Evidence.Replied;
import io.posthouse.smtp.EnhancedStatus;
import java.util.stream.Collectors;

/// What a DSN says to programs (RFC 3464 §2), in UTF-8 where an address needs it (RFC 6533 §4).
final class StatusFields {
  /// RFC 3463 §3.5: delivery time expired.
  private static final EnhancedStatus EXPIRED = EnhancedStatus.of("4.4.7");

  private final Lines lines;

  private StatusFields(Lines lines) {
    this.lines = lines;
  }

  static MimePart part(Notice notice) {
    var utf8 = notice.hasUtf8Addresses();
    return new MimePart(
        utf8 ? "message/global-delivery-status" : "message/delivery-status",
        new StatusFields(new Lines(utf8)).all(notice));
  }

  private String all(Notice notice) {
    var message = notice.message();
    return message
            .parameters()
            .envelopeId()
            .map(id -> lines.field("Original-Envelope-Id", Xtext.decode(id)))
            .orElse("")
        + lines.field("Reporting-MTA", "dns; " + notice.host())
        + lines.field("Arrival-Date", Dates.format(message.arrived()))
        + notice.fates().stream().map(this::fields).collect(Collectors.joining());
  }

  private String fields(Fate fate) {
    var recipient = fate.recipient();
    return CRLF
        + recipient
            .originalRecipient()
            .map(OriginalRecipient::parse)
            .map(original -> address("Original-Recipient", original))
            .orElse("")
        + address("Final-Recipient", OriginalRecipient.of(recipient.address()))
        + lines.field("Action", fate.action().toString())
        + lines.field("Status", status(fate).toString())
        + evidence(fate)
        + lines.field("Last-Attempt-Date", Dates.format(fate.at()))
        + until(fate);
  }

  private String address(String field, OriginalRecipient recipient) {
    return lines.field(field, recipient.addressType() + "; " + recipient.address());
  }

  /// Its class follows from the action, whatever class the evidence has (RFC 3464 §2.3.4).
  private static EnhancedStatus status(Fate fate) {
    return switch (fate) {
      case Fate.Failed _ -> ofClass(5, fate.evidence());
      case Fate.Expired _ -> EXPIRED;
      case Fate.Delayed _ -> ofClass(4, fate.evidence());
      case Fate.Relayed _, Fate.Delivered _ -> ofClass(2, fate.evidence());
    };
  }

  private static EnhancedStatus ofClass(int category, Evidence evidence) {
    return new EnhancedStatus(category, evidence.status().subject(), evidence.status().detail());
  }

  /// What a host said belongs to that host; what we saw has no host (RFC 3464 §2.3.5, §2.3.6).
  private String evidence(Fate fate) {
    return switch (fate.evidence()) {
      case Replied(var mx, var reply) ->
          lines.field("Remote-MTA", "dns; " + mx.name())
              + lines.field("Diagnostic-Code", "smtp; " + reply);
      case Observed(_, var what) -> lines.field("Diagnostic-Code", "x-posthouse; " + what);
    };
  }

  private String until(Fate fate) {
    return switch (fate) {
      case Fate.Delayed delayed -> lines.field("Will-Retry-Until", Dates.format(delayed.until()));
      case Fate.Failed _, Fate.Expired _, Fate.Relayed _, Fate.Delivered _ -> "";
    };
  }
}
