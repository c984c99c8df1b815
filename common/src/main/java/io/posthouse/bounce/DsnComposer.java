package io.posthouse.bounce;

import static io.posthouse.bounce.Lines.CRLF;

import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes a DSN: text for people, fields for programs (RFC 3464), and what is returned of the
/// message (RFC 6522). Pure. It is 7-bit, unless it returns an 8-bit message as a whole or goes to
/// an address in UTF-8.
final class DsnComposer {
  private final Notice notice;
  private final String boundary;

  private DsnComposer(Notice notice) {
    this.notice = notice;
    this.boundary = "=_" + notice.queueId() + "_dsn";
  }

  /// What stands before and after a message that is returned as a whole, and how the DSN is to be
  /// sent.
  record Written(Octets before, Octets after, MailParameters parameters) {}

  static Written compose(Notice notice) {
    return new DsnComposer(notice).compose();
  }

  private Written compose() {
    var eightBit = notice.goesByUtf8() || returnsEightBit();
    var part = CRLF + "--" + boundary + CRLF;
    var before =
        header(eightBit)
            + CRLF
            + "This is a delivery status notification in MIME format."
            + CRLF
            + part
            + Wording.part(notice).written(notice.goesByUtf8())
            + part
            + StatusFields.part(notice).written(notice.goesByUtf8())
            + returned(part);
    var after = CRLF + "--" + boundary + "--" + CRLF;
    return new Written(Octets.utf8(before), Octets.utf8(after), parameters(eightBit));
  }

  private String header(boolean eightBit) {
    var lines = new Lines(notice.goesByUtf8());
    var host = notice.host();
    return lines.field("Date", Dates.format(notice.now()))
        + lines.field("From", "Mail Delivery System <mailer-daemon@" + host + ">")
        + lines.field("To", notice.to().toString())
        + lines.field("Subject", Wording.subject(notice.action()))
        + lines.field("Message-ID", "<" + notice.queueId() + "@" + host + ">")
        // RFC 3834 §3.1: no vacation notice should answer this.
        + lines.field("Auto-Submitted", "auto-replied")
        + lines.field("MIME-Version", "1.0")
        + "Content-Type: multipart/report; report-type=delivery-status;"
        + CRLF
        + " boundary=\""
        + boundary
        + "\""
        + CRLF
        + (eightBit ? lines.field("Content-Transfer-Encoding", "8bit") : "");
  }

  private String returned(String part) {
    return switch (notice.returned()) {
      case Returned.Headers(var section) -> part + headers(section).written(notice.goesByUtf8());
      case Returned.Whole whole -> part + wholeHeader(whole) + CRLF;
      case Returned.Nothing _ -> "";
    };
  }

  /// RFC 6533 §5: a header in UTF-8 has a type of its own.
  private MimePart headers(Octets section) {
    var utf8 = utf8(section).filter(_ -> notice.message().parameters().smtpUtf8());
    var text = utf8.orElseGet(() -> new String(section.toArray(), StandardCharsets.ISO_8859_1));
    var part = new MimePart("message/global-headers", new Lines(utf8.isPresent()).quoted(text));
    return part.isAscii() ? new MimePart("text/rfc822-headers", part.text()) : part;
  }

  private static String wholeHeader(Returned.Whole whole) {
    var global = whole.traits().eightBitHeader();
    return Lines.ASCII.field("Content-Type", global ? "message/global" : "message/rfc822")
        + (whole.traits().eightBit() ? Lines.ASCII.field("Content-Transfer-Encoding", "8bit") : "");
  }

  private boolean returnsEightBit() {
    return notice.returned() instanceof Returned.Whole whole && whole.traits().eightBit();
  }

  private MailParameters parameters(boolean eightBit) {
    return new MailParameters(
        eightBit ? Body.EIGHT_BIT_MIME : Body.SEVEN_BIT,
        notice.goesByUtf8(),
        Optional.empty(),
        Optional.empty(),
        // RFC 8689 §5: it holds as much of the message as needs protection.
        notice.message().parameters().requireTls());
  }

  private static Optional<String> utf8(Octets octets) {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Optional.of(decoder.decode(ByteBuffer.wrap(octets.toArray())).toString());
    } catch (CharacterCodingException somethingElse) {
      return Optional.empty();
    }
  }
}
