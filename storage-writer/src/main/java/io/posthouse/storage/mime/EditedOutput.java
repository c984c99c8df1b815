package io.posthouse.storage.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Takes the made message and passes on the one that came. [#finish()] ends it.
public final class EditedOutput extends OutputStream {
  private final OutputStream to;
  private final Deque<Edit> edits;
  private long at;
  private long cutUntil;

  /// @param edits in their order
  public EditedOutput(OutputStream to, List<Edit> edits) {
    this.to = to;
    this.edits = new ArrayDeque<>(edits);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      applyEdits();
      var run = (int) Math.min(length - done, untilNextChange());
      if (at >= cutUntil) to.write(octets, offset + done, run);
      done += run;
      at += run;
    }
  }

  /// Writes what came after the last octet that was made.
  public void finish() throws IOException {
    applyEdits();
    if (!edits.isEmpty())
      throw new IOException("message: ends at " + at + " (expected: " + edits.element().at() + ")");
    to.flush();
  }

  private void applyEdits() throws IOException {
    while (!edits.isEmpty() && edits.element().at() == at) {
      var edit = edits.remove();
      edit.put().writeTo(to);
      cutUntil = at + edit.cut();
    }
  }

  private long untilNextChange() {
    var change = at < cutUntil ? cutUntil : Long.MAX_VALUE;
    if (!edits.isEmpty()) change = Math.min(change, edits.element().at());
    return change - at;
  }
}
