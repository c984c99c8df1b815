package io.posthouse.delivery.conversation;

import java.time.Duration;

/// How long we wait for what (RFC 5321 §4.5.3.2).
///
/// @param tls for the reply to STARTTLS, and for the handshake
/// @param block for one block of content to leave us
/// @param end for the reply to the final dot: the longest, because a reply missed here means a
///   message sent twice (RFC 1047)
public record Patience(
    Duration connect,
    Duration greeting,
    Duration ehlo,
    Duration tls,
    Duration mail,
    Duration rcpt,
    Duration data,
    Duration block,
    Duration end,
    Duration quit) {
  /// What the RFC asks for; it says nothing about connecting, EHLO, TLS and QUIT.
  public static final Patience RFC5321 =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofSeconds(5));

  Duration forReplyTo(Stage stage) {
    return switch (stage) {
      case CONNECT -> connect;
      case GREETING -> greeting;
      case STARTTLS, TLS -> tls;
      case EHLO, LOGIN -> ehlo;
      case MAIL -> mail;
      case RCPT -> rcpt;
      case DATA -> data;
      case CONTENT -> block;
      case END -> end;
    };
  }
}
