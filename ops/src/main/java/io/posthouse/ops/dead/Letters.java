package io.posthouse.ops.dead;

import io.posthouse.message.Envelope;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.replay.QueueAccess;
import io.posthouse.queue.ContentStore.ContentGone;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/// What commands about some letters share.
final class Letters {
  private Letters() {}

  /// Writes a message as a recipient gets it.
  ///
  /// @throws ContentGone if its content is not retained any longer
  static void write(Envelope envelope, QueueAccess queue, OutputStream out) throws IOException {
    try (var content = queue.contents().open(envelope.queueId(), envelope.content())) {
      envelope.trace().writeTo(out);
      content.transferTo(out);
    }
  }

  static void refuseMissing(Set<String> missing) {
    if (!missing.isEmpty())
      throw CommandFailed.because("no such dead letter: " + String.join(", ", missing));
  }
}
