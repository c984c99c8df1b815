package io.posthouse.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the edge wants to know of a message's header: how far it has come, and which fields are
/// there.
///
/// @param received how many Received fields there are, one for each host so far
/// @param messageId the field's value, for events
record HeaderScan(int received, boolean hasDate, Optional<String> messageId) {
  private static final int LONGEST_MESSAGE_ID = 250;

  /// Scans the header at the beginning of `content`: to the first empty line, or to `end`.
  static HeaderScan of(byte[] content, int end) {
    var received = 0;
    var hasDate = false;
    Optional<String> messageId = Optional.empty();
    for (int line = 0; line < end && content[line] != '\r'; line = nextLine(content, line, end)) {
      switch (content[line]) {
        case 'R', 'r' -> received += is("received:", content, line, end) ? 1 : 0;
        case 'D', 'd' -> hasDate |= is("date:", content, line, end);
        case 'M', 'm' -> {
          if (messageId.isEmpty() && is("message-id:", content, line, end))
            messageId = value(content, line + "message-id:".length(), end);
        }
        default -> {}
      }
    }
    return new HeaderScan(received, hasDate, messageId);
  }

  private static int nextLine(byte[] content, int from, int end) {
    for (int i = from; i < end; i++) {
      if (content[i] == '\n') return i + 1;
    }
    return end;
  }

  private static boolean is(String name, byte[] content, int at, int end) {
    if (end - at < name.length()) return false;
    for (int i = 0; i < name.length(); i++) {
      // All letters of these names are in lower case, and a colon is the same with bit 5 set.
      if ((content[at + i] | 0x20) != name.charAt(i)) return false;
    }
    return true;
  }

  private static Optional<String> value(byte[] content, int from, int end) {
    var to = Math.min(nextLine(content, from, end), from + LONGEST_MESSAGE_ID);
    // The value may stand on the next line (RFC 5322 §2.2.3).
    if (isBlank(content, from, to) && to < end && (content[to] == ' ' || content[to] == '\t'))
      to = Math.min(nextLine(content, to, end), from + LONGEST_MESSAGE_ID);
    return Optional.of(new String(content, from, to - from, StandardCharsets.UTF_8).strip())
        .filter(id -> !id.isEmpty());
  }

  private static boolean isBlank(byte[] content, int from, int to) {
    for (int i = from; i < to; i++) {
      if (content[i] > ' ') return false;
    }
    return true;
  }
}
