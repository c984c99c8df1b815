package io.posthouse.bounce;

import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// A DSN that is written and not in the queue yet. A message that it returns as a whole is read
/// while it goes there.
public final class Dsn {
  private final Envelope draft;
  private final Octets before;
  private final Returned returned;
  private final Octets after;

  Dsn(Envelope draft, Octets before, Returned returned, Octets after) {
    this.draft = draft;
    this.before = before;
    this.returned = returned;
    this.after = after;
  }

  public QueueId queueId() {
    return draft.queueId();
  }

  /// Octets of its content.
  public long size() {
    return before.length() + enclosed() + after.length();
  }

  /// Its content.
  ///
  /// @throws IOException if the message that it returns cannot be read
  public InputStream open() throws IOException {
    var end = after.input();
    return switch (returned) {
      case Returned.Headers _, Returned.Nothing _ -> new SequenceInputStream(before.input(), end);
      case Returned.Whole whole ->
          new SequenceInputStream(
              before.input(), new SequenceInputStream(whole.message().open(), end));
    };
  }

  /// The header lines that go before its content.
  Octets trace() {
    return draft.trace();
  }

  /// The message for the queue, its content being there.
  ///
  /// @param signatures header lines that go before all others
  public Envelope envelope(Octets signatures, Content content) {
    return draft.withContent(content).preceded(signatures);
  }

  private long enclosed() {
    return switch (returned) {
      case Returned.Headers _, Returned.Nothing _ -> 0;
      case Returned.Whole whole -> whole.size();
    };
  }
}
