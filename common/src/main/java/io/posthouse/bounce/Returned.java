package io.posthouse.bounce;

import io.posthouse.message.ContentTraits;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.MessageSource;
import io.posthouse.message.Octets;
import io.posthouse.outcome.Action;
import java.io.IOException;
import java.util.Optional;

/// What a DSN gives back of the message it is about (RFC 3461 §4.3).
public sealed interface Returned {
  /// Its header section, for the sender to know it by.
  record Headers(Octets section) implements Returned {}

  /// Nothing, where it cannot be read: the last part of a report is optional (RFC 6522 §3).
  record Nothing() implements Returned {}

  /// All of it, read when the DSN is queued.
  ///
  /// @param size octets of the message
  record Whole(MessageSource message, long size, ContentTraits traits) implements Returned {}

  /// What the sender asked for, where it can be given: the message as a whole only with the news of
  /// a failure, if it is at most `most` octets, and if a DSN carries it as it is.
  static Returned of(Envelope message, Action action, MessageSource source, long most) {
    return whole(message, action, source, most).orElseGet(() -> headers(source));
  }

  /// The header section alone, if it can be read.
  static Returned headers(MessageSource source) {
    try (var octets = source.open()) {
      return new Headers(HeaderSection.of(octets));
    } catch (IOException unreadable) {
      // Not retained any longer, say. A notice without them is better than none.
      return new Nothing();
    }
  }

  private static Optional<Returned> whole(
      Envelope message, Action action, MessageSource source, long most) {
    var asked = message.parameters().ret().filter(ret -> ret == Return.FULL).isPresent();
    // RFC 8689 §5: what required TLS is returned without its content.
    var secret = message.parameters().requireTls();
    if (!asked || secret || action != Action.FAILED || message.size() > most)
      return Optional.empty();
    try (var octets = source.open()) {
      var traits = ContentTraits.of(octets);
      return carries(message, traits)
          ? Optional.of(new Whole(source, message.size(), traits))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /// A binary message would need BINARYMIME on its way back; a header in UTF-8 needs SMTPUTF8,
  /// which only senders with such an address are sure to have.
  private static boolean carries(Envelope message, ContentTraits traits) {
    return traits.lines() && (!traits.eightBitHeader() || Notice.isUtf8Sender(message));
  }
}
