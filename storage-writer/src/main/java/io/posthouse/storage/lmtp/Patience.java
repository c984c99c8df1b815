package io.posthouse.storage.lmtp;

import java.time.Duration;

/// How long we wait for what (RFC 5321 §4.5.3.2, which holds for LMTP as well).
///
/// @param command for the greeting, and for the replies to LHLO, MAIL and RCPT
/// @param data for the reply to DATA
/// @param block for some kilobytes of content to leave us
/// @param end for the reply to the content
public record Patience(
    Duration connect, Duration command, Duration data, Duration block, Duration end) {
  /// What the RFC asks for; it says nothing about connecting.
  public static final Patience RFC5321 =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10));
}
