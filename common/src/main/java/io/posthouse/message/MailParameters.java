package io.posthouse.message;

import java.util.Optional;

/// The parameters of MAIL that travel with the message.
///
/// @param smtpUtf8 whether addresses or header may hold UTF-8 (RFC 6531 §3.4)
/// @param envelopeId ENVID as it was given, still xtext (RFC 3461 §4.4)
/// @param requireTls whether no host may get the message in the clear (RFC 8689 §2)
public record MailParameters(
    Body body,
    boolean smtpUtf8,
    Optional<Return> ret,
    Optional<String> envelopeId,
    boolean requireTls) {
  /// What a plain `MAIL FROM:<…>` means.
  public static final MailParameters NONE =
      new MailParameters(Body.SEVEN_BIT, false, Optional.empty(), Optional.empty(), false);

  /// RFC 6152, RFC 3030.
  public enum Body {
    SEVEN_BIT,
    EIGHT_BIT_MIME,
    BINARY_MIME
  }

  /// How much of the message a DSN returns (RFC 3461 §4.3).
  public enum Return {
    FULL,
    HEADERS
  }
}
