package io.posthouse.ops.trace;

import io.posthouse.address.MailAddress;
import io.posthouse.queue.PathPattern;
import java.util.List;
import java.util.Optional;

/// What is known of a message whose queue id is not.
///
/// @param messageId with or without its angle brackets: some clients write none
record Sought(
    Optional<String> messageId, Optional<PathPattern> sender, Optional<PathPattern> recipient) {

  /// Whether an `accepted` or `refused` is of such a message. A refusal knows no Message-ID, and
  /// early ones neither sender nor recipient.
  boolean matches(EventLine event) {
    return isFrom(event) && isFor(event.recipients());
  }

  /// Whether an `accepted` is of such a message but for its recipients, not all of which it names.
  boolean mayMatch(EventLine accepted) {
    return isFrom(accepted) && accepted.recipients().size() < accepted.recipientCount();
  }

  /// Whether whom is sought is among them.
  boolean isFor(List<String> recipients) {
    return recipient
        .filter(pattern -> recipients.stream().noneMatch(to -> pattern.matches(address(to))))
        .isEmpty();
  }

  private boolean isFrom(EventLine event) {
    return messageId.filter(id -> !bare(id).equals(bare(event.text("message_id")))).isEmpty()
        && sender.filter(pattern -> !pattern.matches(address(event.text("from")))).isEmpty();
  }

  private static String bare(String messageId) {
    return messageId.startsWith("<") && messageId.endsWith(">")
        ? messageId.substring(1, messageId.length() - 1)
        : messageId;
  }

  /// Nobody for `<>`. What is no address matches no address.
  private static Optional<MailAddress> address(String text) {
    return MailAddress.parse(text);
  }
}
