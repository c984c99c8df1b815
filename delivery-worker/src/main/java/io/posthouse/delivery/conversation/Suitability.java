package io.posthouse.delivery.conversation;

import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.smtp.EnhancedStatus;
import java.io.IOException;
import java.util.Optional;

/// Whether a host can take a message at all, before anything is said.
///
/// Content with 8-bit octets is not sent to a host without 8BITMIME: RFC 6152 §3 leaves conversion
/// or a permanent failure. Postfix converts by default; we do not yet, because conversion rewrites
/// content and breaks its signatures, so it fails with 5.6.3. Content that was declared 8BITMIME
/// and holds no such octet goes anywhere.
final class Suitability {
  private static final EnhancedStatus TOO_BIG = EnhancedStatus.of("5.3.4");
  private static final EnhancedStatus NEEDS_CONVERSION = EnhancedStatus.of("5.6.3");
  private static final EnhancedStatus NEEDS_UTF8 = EnhancedStatus.of("5.6.7");

  private Suitability() {}

  static Optional<Observed> of(Transaction transaction, Capabilities host) {
    var size = transaction.envelope().size();
    if (host.largest().isPresent() && size > host.largest().getAsLong())
      return unsuitable(
          TOO_BIG, "message of " + size + " octets, host takes " + host.largest().getAsLong());
    if (transaction.needsSmtpUtf8() && !host.smtpUtf8())
      return unsuitable(NEEDS_UTF8, "message needs SMTPUTF8, host does not offer it");
    if (transaction.declaresEightBit() && !host.eightBitMime() && holdsEightBit(transaction))
      return unsuitable(NEEDS_CONVERSION, "content is 8-bit, host does not offer 8BITMIME");
    return Optional.empty();
  }

  private static Optional<Observed> unsuitable(EnhancedStatus status, String why) {
    return Optional.of(new Observed(status, why));
  }

  /// Reads all of it, which is rare: nearly every host offers 8BITMIME.
  private static boolean holdsEightBit(Transaction transaction) {
    try (var message = transaction.message().open()) {
      var buffer = new byte[16 * 1024];
      for (int read; (read = message.read(buffer)) >= 0; ) {
        for (int i = 0; i < read; i++) if (buffer[i] < 0) return true;
      }
      return false;
    } catch (IOException unreadable) {
      // The transaction will find out the same, and say so.
      return false;
    }
  }
}
