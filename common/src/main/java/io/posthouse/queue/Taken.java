package io.posthouse.queue;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;

/// A message taken from the queue and not yet settled. Until [#settle()] it is ours: if this
/// process dies, it is taken again, here or elsewhere.
public interface Taken {
  Envelope envelope();

  RecordPosition position();

  /// The outcome of every recipient is durable: the record need not be seen again. Safe from any
  /// thread, once.
  void settle();

  /// The envelope with its content by reference, as a deferral must carry it: content stays where
  /// it lies.
  default Envelope envelopeByReference() {
    return switch (envelope().content()) {
      case Content.Inline inline ->
          envelope().withContent(new Content.InRecord(position(), inline.size()));
      case Content.Chunked _, Content.InRecord _ -> envelope();
    };
  }
}
