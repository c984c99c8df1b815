package io.posthouse.storage.mime;

import io.posthouse.message.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A message, its parts, and what makes it of them again to the last octet: checked when it is
/// made.
///
/// @param size octets of the message as WildDuck makes it
public record LaidOut(Message message, MimePart root, List<Edit> edits, long size) {
  /// A longer list of differences is not worth the structure.
  private static final int MOST_EDITED_OCTETS = 1 << 20;

  public LaidOut {
    edits = List.copyOf(edits);
  }

  /// Takes a message apart: into its parts or, where they would not do, into a header and a body.
  public static LaidOut of(Octets octets) {
    var parts = of(Message.of(octets), MimeParser.Limits.DEFAULT);
    return parts.isFaithful() ? parts : flat(octets);
  }

  /// A header and a body, as far as that makes the message again; else all of it as one body.
  public static LaidOut flat(Octets octets) {
    var flat = of(Message.of(octets), MimeParser.Limits.FLAT);
    return flat.isFaithful() ? flat : unread(octets);
  }

  /// All of it as one body without a header: whatever it is, this makes it again.
  public static LaidOut unread(Octets octets) {
    var message = Message.of(octets);
    return of(
        message, new MimePart.Leaf(List.of(), HeaderIndex.of(message, List.of()), message.all()));
  }

  private static LaidOut of(Message message, MimeParser.Limits limits) {
    return of(message, MimeParser.parse(message, limits));
  }

  private static LaidOut of(Message message, MimePart root) {
    return new LaidOut(message, root, Layout.edits(message, root), Layout.size(root));
  }

  /// Whether parts and edits are small enough to keep and make the very message.
  private boolean isFaithful() {
    var edited = edits.stream().mapToLong(edit -> edit.put().length()).sum();
    return edited <= MOST_EDITED_OCTETS && makesTheMessage();
  }

  private boolean makesTheMessage() {
    var comparison = new ComparedOutput(message);
    try {
      var out = new EditedOutput(comparison, edits);
      Layout.walk(root, new Writer(message, out));
      out.finish();
    } catch (IOException | UncheckedIOException differs) {
      return false;
    }
    return comparison.isComplete();
  }

  private record Writer(Message message, OutputStream out) implements Layout.Pieces {
    @Override
    public void kept(Slice slice) {
      write(message.octets(slice));
    }

    @Override
    public void added(String text) {
      write(Octets.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void write(Octets octets) {
      try {
        octets.writeTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
