package io.posthouse.bounce;

import static io.posthouse.bounce.Lines.CRLF;

import io.posthouse.outcome.Action;
import java.util.stream.Collectors;

/// What a DSN says to people.
final class Wording {
  private Wording() {}

  static String subject(Action action) {
    return switch (action) {
      case FAILED -> "Your message could not be delivered";
      case DELAYED -> "Your message is delayed";
      case RELAYED -> "Your message was passed on";
      case DELIVERED -> "Your message was delivered";
    };
  }

  static MimePart part(Notice notice) {
    var utf8 = notice.hasUtf8Addresses();
    var lines = new Lines(utf8);
    var text =
        lines.paragraph("", "This is the mail system at " + notice.host() + ".")
            + CRLF
            + lines.paragraph("", summary(notice))
            + CRLF
            + notice.fates().stream()
                .map(fate -> told(lines, fate))
                .collect(Collectors.joining(CRLF))
            + CRLF
            + lines.paragraph(
                "", "Your message was queued here as " + notice.message().queueId() + ".");
    return new MimePart("text/plain; charset=" + (utf8 ? "utf-8" : "us-ascii"), text);
  }

  private static String summary(Notice notice) {
    return switch (notice.fates().getFirst()) {
      case Fate.Failed _, Fate.Expired _ ->
          "Your message could not be delivered to the recipients below. It is not tried again;"
              + " what was found is told beside each of them.";
      case Fate.Delayed delayed ->
          "Your message could not be delivered yet to the recipients below. You need not send it"
              + " again: it is tried until "
              + Dates.format(delayed.until())
              + ", and you are told if it fails.";
      case Fate.Relayed _ ->
          "Your message was taken by other hosts for the recipients below. They do not tell what"
              + " becomes of it, so this is the last notice you get from us.";
      case Fate.Delivered _ ->
          "Your message was delivered to the mailboxes of the recipients below.";
    };
  }

  private static String told(Lines lines, Fate fate) {
    return lines.paragraph("", "<" + fate.recipient().address() + ">")
        + lines.paragraph("    ", why(fate));
  }

  private static String why(Fate fate) {
    var text = fate.evidence().text();
    return switch (fate) {
      case Fate.Expired _ -> "Tried for too long. At last: " + text;
      case Fate.Failed _, Fate.Delayed _, Fate.Relayed _, Fate.Delivered _ -> text;
    };
  }
}
