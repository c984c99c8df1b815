package io.posthouse.delivery.bounce;

import static io.posthouse.delivery.bounce.SevenBit.field;
import static io.posthouse.delivery.bounce.SevenBit.paragraph;

import io.posthouse.message.Octets;
import io.posthouse.message.Xtext;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Evidence.Replied;
import io.posthouse.smtp.EnhancedStatus;
import java.util.stream.Collectors;

/// Writes a DSN: text for people, fields for programs (RFC 3464), and the header section of the
/// message it is about (RFC 6522). Pure, and 7-bit throughout.
final class DsnComposer {
  /// RFC 3463 §3.5: delivery time expired.
  private static final EnhancedStatus EXPIRED = EnhancedStatus.of("4.4.7");

  private static final String CRLF = "\r\n";

  private DsnComposer() {}

  static Octets compose(Notice notice) {
    var boundary = "=_" + notice.queueId() + "_dsn";
    var part = CRLF + "--" + boundary + CRLF;
    return Octets.utf8(
        header(notice, boundary)
            + CRLF
            + "This is a delivery status notification in MIME format."
            + CRLF
            + part
            + text(notice)
            + part
            + status(notice)
            + part
            + original(notice)
            + CRLF
            + "--"
            + boundary
            + "--"
            + CRLF);
  }

  private static String header(Notice notice, String boundary) {
    return field("Date", Dates.format(notice.now()))
        + field("From", "Mail Delivery System <mailer-daemon@" + notice.host() + ">")
        + field("To", notice.to().toString())
        + field("Subject", "Your message could not be delivered")
        + field("Message-ID", "<" + notice.queueId() + "@" + notice.host() + ">")
        // RFC 3834 §3.1: no vacation notice should answer this.
        + field("Auto-Submitted", "auto-replied")
        + field("MIME-Version", "1.0")
        + "Content-Type: multipart/report; report-type=delivery-status;"
        + CRLF
        + " boundary=\""
        + boundary
        + "\""
        + CRLF;
  }

  private static String text(Notice notice) {
    return field("Content-Type", "text/plain; charset=us-ascii")
        + CRLF
        + paragraph("", "This is the mail system at " + notice.host() + ".")
        + CRLF
        + paragraph(
            "",
            "Your message could not be delivered to the recipients below. It is not tried again;"
                + " what was found is told beside each of them.")
        + CRLF
        + notice.failures().stream().map(DsnComposer::told).collect(Collectors.joining(CRLF))
        + CRLF
        + paragraph("", "Your message was queued here as " + notice.message().queueId() + ".");
  }

  private static String told(Failure failure) {
    var why = failure.evidence().text();
    return paragraph("", "<" + failure.recipient().address() + ">")
        + paragraph("    ", failure.expired() ? "Tried for too long. At last: " + why : why);
  }

  /// RFC 3464 §2.
  private static String status(Notice notice) {
    var message = notice.message();
    return field("Content-Type", "message/delivery-status")
        + CRLF
        + message
            .parameters()
            .envelopeId()
            .map(id -> field("Original-Envelope-Id", Xtext.decode(id)))
            .orElse("")
        + field("Reporting-MTA", "dns; " + notice.host())
        + field("Arrival-Date", Dates.format(message.arrived()))
        + notice.failures().stream().map(DsnComposer::fields).collect(Collectors.joining());
  }

  private static String fields(Failure failure) {
    var recipient = failure.recipient();
    return CRLF
        + recipient
            .originalRecipient()
            .map(orcpt -> field("Original-Recipient", Xtext.decode(orcpt).replaceFirst(";", "; ")))
            .orElse("")
        + field("Final-Recipient", "rfc822; " + recipient.address())
        + field("Action", "failed")
        + field("Status", (failure.expired() ? EXPIRED : permanent(failure.evidence())).toString())
        + evidence(failure.evidence())
        + field("Last-Attempt-Date", Dates.format(failure.lastAttempt()));
  }

  /// What a host said belongs to that host; what we saw has no host (RFC 3464 §2.3.5, §2.3.6).
  private static String evidence(Evidence evidence) {
    return switch (evidence) {
      case Replied(var mx, var reply) ->
          field("Remote-MTA", "dns; " + mx.name()) + field("Diagnostic-Code", "smtp; " + reply);
      case Observed(_, var what) -> field("Diagnostic-Code", "x-posthouse; " + what);
    };
  }

  /// A failure has a permanent status, whatever class the evidence has (RFC 3464 §2.3.4).
  private static EnhancedStatus permanent(Evidence evidence) {
    var status = evidence.status();
    return new EnhancedStatus(5, status.subject(), status.detail());
  }

  private static String original(Notice notice) {
    return field("Content-Type", "text/rfc822-headers") + CRLF + SevenBit.lines(notice.headers());
  }
}
