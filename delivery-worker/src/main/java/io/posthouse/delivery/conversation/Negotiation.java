package io.posthouse.delivery.conversation;

import static io.posthouse.delivery.conversation.Extension.EIGHT_BIT_MIME;
import static io.posthouse.delivery.conversation.Extension.REQUIRETLS;
import static io.posthouse.delivery.conversation.Extension.SMTPUTF8;

import io.posthouse.message.ContentTraits;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.TlsUse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Finds the terms on which a host takes a message, before anything is said. Used once.
///
/// What the sender declared goes unsaid where the host would not understand it and the message does
/// not need it in truth; that is found by reading it, which is rare. Content is never converted
/// (RFC 6152 §3 leaves conversion or a permanent failure): that would rewrite it and break its
/// signatures, so what a host cannot carry as it is fails there, and is offered to the next.
final class Negotiation {
  private static final EnhancedStatus TOO_BIG = EnhancedStatus.of("5.3.4");
  private static final EnhancedStatus NEEDS_CONVERSION = EnhancedStatus.of("5.6.3");
  private static final EnhancedStatus NEEDS_UTF8 = EnhancedStatus.of("5.6.7");
  private static final EnhancedStatus NEEDS_TLS = EnhancedStatus.of("5.7.30");

  private final Transaction transaction;
  private final Capabilities host;
  private final TlsUse tls;
  private @Nullable ContentTraits traits;

  /// @param tls of the connection
  Negotiation(Transaction transaction, Capabilities host, TlsUse tls) {
    this.transaction = transaction;
    this.host = host;
    this.tls = tls;
  }

  Terms terms() {
    var size = transaction.envelope().size();
    if (host.largest().isPresent() && size > host.largest().getAsLong())
      return unsuitable(
          TOO_BIG, "message of " + size + " octets, host takes " + host.largest().getAsLong());
    // RFC 8689 §5: what tells a sender is rather sent in clear than lost.
    if (transaction.requiresTls() && transaction.hasSender() && !keepsTls())
      return unsuitable(NEEDS_TLS, "message requires TLS, " + tlsTrouble());
    if (transaction.declaresUtf8() && !host.offers(SMTPUTF8) && needsUtf8())
      return unsuitable(NEEDS_UTF8, "message needs SMTPUTF8, host does not offer it");
    return body(transaction.envelope().parameters().body());
  }

  /// Whether the host is who it should be, and sees to it that whoever comes after it is too (RFC
  /// 8689 §4.2.1).
  private boolean keepsTls() {
    return isVerified() && host.offers(REQUIRETLS);
  }

  private boolean isVerified() {
    return switch (tls.state()) {
      case VERIFIED, DANE -> true;
      case CLEAR, ENCRYPTED, TOO_WEAK -> false;
    };
  }

  private String tlsTrouble() {
    return isVerified()
        ? "host does not offer REQUIRETLS"
        : "nothing proves that the host is the right one";
  }

  private Terms body(Body declared) {
    return switch (declared) {
      case SEVEN_BIT -> agreed(Body.SEVEN_BIT);
      case EIGHT_BIT_MIME -> eightBit();
      case BINARY_MIME -> {
        if (host.takesBinary()) yield agreed(Body.BINARY_MIME);
        if (traits().isText()) yield eightBit();
        yield unsuitable(NEEDS_CONVERSION, "content is binary, host does not offer BINARYMIME");
      }
    };
  }

  private Terms eightBit() {
    if (host.offers(EIGHT_BIT_MIME)) return agreed(Body.EIGHT_BIT_MIME);
    return traits().eightBit()
        ? unsuitable(NEEDS_CONVERSION, "content is 8-bit, host does not offer 8BITMIME")
        : agreed(Body.SEVEN_BIT);
  }

  private boolean needsUtf8() {
    return !transaction.hasAsciiPaths() || traits().eightBitHeader();
  }

  private Terms agreed(Body body) {
    return new Terms.Agreed(
        body,
        transaction.declaresUtf8() && host.offers(SMTPUTF8),
        transaction.requiresTls() && keepsTls());
  }

  private static Terms unsuitable(EnhancedStatus status, String why) {
    return new Terms.Unsuitable(new Observed(status, why));
  }

  private ContentTraits traits() {
    if (traits == null) traits = read();
    return traits;
  }

  private ContentTraits read() {
    try (var message = transaction.message().open()) {
      return ContentTraits.of(message);
    } catch (IOException unreadable) {
      // The transaction will find out the same, and say so.
      return ContentTraits.PLAIN;
    }
  }
}
