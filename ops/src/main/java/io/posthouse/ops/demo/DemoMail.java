package io.posthouse.ops.demo;

import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One mail in the demo inbox.
///
/// @param id the queue id it got from the catch-all host, not the one it travelled under
/// @param size octets of the message; `raw` holds fewer where it was longer than a document may be
record DemoMail(QueueId id, String from, List<String> to, String subject, long size, Octets raw) {
  private static final String SUBJECT = "\r\nsubject:";

  DemoMail {
    to = List.copyOf(to);
  }

  static DemoMail arrived(QueueId id, String from, List<String> to, long size, Octets raw) {
    return new DemoMail(id, from, to, subject(raw), size, raw);
  }

  /// The first line of the header field, as it stands.
  private static String subject(Octets raw) {
    var text = new String(raw.toArray(), StandardCharsets.ISO_8859_1);
    var end = text.indexOf("\r\n\r\n");
    var header = end < 0 ? text : text.substring(0, end);
    var at = header.toLowerCase(java.util.Locale.ROOT).indexOf(SUBJECT);
    return at < 0
        ? ""
        : header.substring(at + SUBJECT.length()).lines().findFirst().orElse("").strip();
  }
}
