package io.posthouse.ops.testbed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Messages that can be told apart by their `Message-ID`.
public final class SampleMessage {
  private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id:[ \t]*<([^>\r\n]+)>");

  private SampleMessage() {}

  /// A message with what is hard to carry: dots at line starts, 8-bit octets, spaces at line ends,
  /// and a last line that ends like all others.
  public static byte[] of(String id) {
    return """
    From: Sender <sender@example.test>
    To: Recipient <recipient@example.test>
    Subject: end to end %s
    Message-ID: <%s@e2e.test>
    Date: Thu, 1 Jan 2026 00:00:00 +0000
    MIME-Version: 1.0
    Content-Type: text/plain; charset=iso-8859-1
    Content-Transfer-Encoding: 8bit

    A line with an 8-bit octet: \u00e9, and \u00ff.
    .
    ..two dots, and a space at the end:\s
    .hidden

    """
        .formatted(id, id)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The left part of the `Message-ID` of a message made by [#of].
  public static Optional<String> id(byte[] message) {
    return id(new String(message, StandardCharsets.ISO_8859_1));
  }

  /// The same, of the value of the field.
  public static Optional<String> idOf(String field) {
    return id("Message-ID: " + field);
  }

  /// The ids of all messages in a text, in their order.
  public static List<String> all(String text) {
    return MESSAGE_ID.matcher(text).results().map(found -> strip(found.group(1))).toList();
  }

  private static String strip(String id) {
    return id.replace("@e2e.test", "");
  }

  private static Optional<String> id(String text) {
    var found = MESSAGE_ID.matcher(text);
    return found.find() ? Optional.of(strip(found.group(1))) : Optional.empty();
  }
}
