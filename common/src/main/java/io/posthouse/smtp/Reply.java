package io.posthouse.smtp;

import java.util.List;
import java.util.Optional;

/// A reply: a code, perhaps an enhanced status, and at least one line of text (RFC 5321 §4.2, RFC
/// 2034).
///
/// @param code 200..599; the status, where there is one, is written before each line (RFC 2034 §4)
/// @param lines without line ends, without the code
public record Reply(int code, Optional<EnhancedStatus> status, List<String> lines) {
  public Reply {
    lines = List.copyOf(lines);
    if (code < 200 || code > 599)
      throw new IllegalArgumentException("reply code: " + code + " (expected: 200..599)");
    if (lines.isEmpty())
      throw new IllegalArgumentException("reply lines: none (expected: at least one)");
    if (lines.stream().anyMatch(l -> l.indexOf('\r') >= 0 || l.indexOf('\n') >= 0)) {
      throw new IllegalArgumentException("reply line: holds a line end (expected: one line)");
    }
  }

  /// A reply of one line, such as `Reply.of(550, "5.1.1", "No such user")`.
  public static Reply of(int code, String status, String text) {
    return new Reply(code, Optional.of(EnhancedStatus.of(status)), List.of(text));
  }

  /// A reply that has no enhanced status: greetings, EHLO, 354 (RFC 2034 §4).
  public static Reply plain(int code, String... lines) {
    return new Reply(code, Optional.empty(), List.of(lines));
  }

  public boolean isPositive() {
    return code < 400;
  }

  public boolean isTransient() {
    return code >= 400 && code < 500;
  }

  public boolean isPermanent() {
    return code >= 500;
  }

  /// Refused, for now or for good.
  public boolean isNegative() {
    return code >= 400;
  }

  /// The lines as they go over the wire, each ended by CRLF.
  public String wire() {
    var wire = new StringBuilder();
    var full = withStatus();
    for (int i = 0; i < full.size(); i++) {
      // The last line has a space where the others have a hyphen (RFC 5321 §4.2.1).
      var mark = i == full.size() - 1 ? ' ' : '-';
      wire.append(code).append(mark).append(full.get(i)).append("\r\n");
    }
    return wire.toString();
  }

  /// One line, for logs and DSNs: `452 4.2.2 Mailbox full`.
  @Override
  public String toString() {
    return code + " " + String.join(" / ", withStatus());
  }

  private List<String> withStatus() {
    return lines.stream().map(line -> status.map(s -> s + " " + line).orElse(line)).toList();
  }
}
