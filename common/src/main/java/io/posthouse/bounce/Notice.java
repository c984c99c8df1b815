package io.posthouse.bounce;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Envelope;
import io.posthouse.message.OriginalRecipient;
import io.posthouse.message.QueueId;
import io.posthouse.outcome.Action;
import java.time.Instant;
import java.util.List;

/// All that a DSN says.
///
/// @param queueId of the DSN itself
/// @param host our name
/// @param to the sender of the message
/// @param fates of one action
record Notice(
    QueueId queueId,
    String host,
    MailAddress to,
    Envelope message,
    List<Fate> fates,
    Returned returned,
    Instant now) {
  Notice {
    fates = List.copyOf(fates);
    if (fates.isEmpty()) throw new IllegalArgumentException("fates: none (expected: at least one)");
    if (fates.stream().map(Fate::action).distinct().count() > 1)
      throw new IllegalArgumentException("fates: of several actions (expected: one)");
  }

  Action action() {
    return fates.getFirst().action();
  }

  /// Whether an address in it cannot be written in ASCII (RFC 6533).
  boolean hasUtf8Addresses() {
    return !to.isAscii() || fates.stream().anyMatch(Notice::isUtf8);
  }

  /// Whether the way to the sender carries UTF-8: an address that needs SMTPUTF8 has it.
  boolean goesByUtf8() {
    return !to.isAscii();
  }

  static boolean isUtf8Sender(Envelope message) {
    return message.reversePath().sender().filter(sender -> !sender.isAscii()).isPresent();
  }

  private static boolean isUtf8(Fate fate) {
    var recipient = fate.recipient();
    return !recipient.address().isAscii()
        || recipient
            .originalRecipient()
            .filter(orcpt -> !OriginalRecipient.parse(orcpt).isAscii())
            .isPresent();
  }
}
