package io.posthouse.node;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Where beats are written for all to read.
public interface BeatLog {
  /// Writes one, in place of the one before; the answer says when it is there, or fails. Waits for
  /// nobody longer than a moment.
  CompletionStage<Void> write(Beat beat);

  /// Ends; what is under way has so much time.
  void close(Duration patience);
}
