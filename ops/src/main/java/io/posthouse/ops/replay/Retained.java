package io.posthouse.ops.replay;

import io.posthouse.message.Envelope;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.ContentStore.ContentGone;
import java.io.IOException;

/// Whether the log still has the content of a message.
public final class Retained {
  private Retained() {}

  /// `there`; or `gone` or `cannot be read now`, and why.
  public static String in(ContentStore contents, Envelope envelope) {
    try (var content = contents.open(envelope.queueId(), envelope.content())) {
      return content.read() < 0 ? "empty" : "there";
    } catch (ContentGone gone) {
      return "gone: " + gone.getMessage();
    } catch (IOException unreachable) {
      return "cannot be read now: " + unreachable.getMessage();
    }
  }
}
