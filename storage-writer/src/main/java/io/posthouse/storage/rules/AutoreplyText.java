package io.posthouse.storage.rules;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthouse.address.MailAddress;
import io.posthouse.bounce.Dates;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.storage.mime.EncodedWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes an autoreply (RFC 3834 §3): 7-bit, with what the user wrote in base64. Pure.
///
/// @param id of the reply
/// @param host our name
/// @param to whom it answers
/// @param answered the message that it answers
public record AutoreplyText(
    QueueId id, String host, Absence absence, MailAddress to, Mail answered, Instant now) {
  private static final String CRLF = "\r\n";

  /// Octets of UTF-8 in an encoded word that leaves room for the name of the field (RFC 2047 §2).
  private static final int WORD = 39;

  private static final int LONGEST_REFERENCES = 900;

  /// The whole message.
  public Octets write() {
    return Octets.of((header() + body()).getBytes(UTF_8));
  }

  private String header() {
    var lines = new ArrayList<String>();
    lines.add("Date: " + Dates.format(now));
    lines.add("From: " + author());
    lines.add("To: <" + to + ">");
    lines.add("Subject: " + encoded(subject()));
    lines.add("Message-ID: <" + id + "@" + host + ">");
    messageId()
        .ifPresent(answeredId -> {
          lines.add("In-Reply-To: " + answeredId);
          lines.add("References: " + references(answeredId));
        });
    lines.add("Auto-Submitted: auto-replied");
    lines.add("X-Auto-Response-Suppress: All");
    lines.add("MIME-Version: 1.0");
    return lines.stream().map(line -> line + CRLF).collect(Collectors.joining());
  }

  private String author() {
    var name = absence.autoreply().name().strip();
    var address = "<" + absence.address() + ">";
    return name.isEmpty() ? address : encoded(name) + " " + address;
  }

  private String subject() {
    var own = absence.autoreply().subject().strip();
    if (!own.isEmpty()) return own;
    return "Auto: " + answered.header().last("subject").map(EncodedWords::decode).orElse("");
  }

  private Optional<String> messageId() {
    return answered.header().last("message-id").filter(id -> id.matches("<[!-;=?-~]{1,250}>"));
  }

  /// The whole thread, or its last message where that is too long or not plain.
  private String references(String answeredId) {
    var before = answered.header().last("references").orElse("");
    var all = (before + " " + answeredId).strip();
    var plain = all.length() <= LONGEST_REFERENCES && all.matches("[!-~]+( [!-~]+)*");
    return plain ? all.replace(" ", CRLF + " ") : answeredId;
  }

  private String body() {
    var reply = absence.autoreply();
    var parts = new ArrayList<String>();
    if (!reply.text().isBlank()) parts.add(part("text/plain", reply.text()));
    if (!reply.html().isBlank()) parts.add(part("text/html", reply.html()));
    return parts.size() == 1 ? parts.getFirst() : alternative(parts);
  }

  private String alternative(List<String> parts) {
    var boundary = "=_" + id + "_reply";
    return parts.stream()
        .map(part -> CRLF + "--" + boundary + CRLF + part)
        .collect(
            Collectors.joining(
                "",
                "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"" + CRLF,
                CRLF + "--" + boundary + "--" + CRLF));
  }

  private static String part(String type, String text) {
    var lines = text.lines().map(line -> line + CRLF).collect(Collectors.joining());
    return "Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(lines.getBytes(UTF_8)));
  }

  /// Words of UTF-8 where the text is more than letters, digits and blanks (RFC 2047).
  private static String encoded(String text) {
    if (text.length() <= 60 && text.matches("[A-Za-z0-9 :-]*")) return text;
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          var letter = Character.toString(Character.isISOControl(c) ? ' ' : c);
          if ((word + letter).getBytes(UTF_8).length > WORD) {
            words.add(word(word));
            word.setLength(0);
          }
          word.append(letter);
        });
    words.add(word(word));
    return String.join(CRLF + " ", words);
  }

  private static String word(StringBuilder text) {
    var octets = text.toString().getBytes(UTF_8);
    return "=?utf-8?b?" + new String(Base64.getEncoder().encode(octets), US_ASCII) + "?=";
  }
}
