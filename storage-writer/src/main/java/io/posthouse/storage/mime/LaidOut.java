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
  ///
  /// @throws IllegalStateException if neither makes the message again, which is a bug of ours
  public static LaidOut of(Octets octets) {
    var message = Message.of(octets);
    var parts = of(message, MimeParser.Limits.DEFAULT);
    if (parts.isFaithful()) return parts;
    var flat = of(message, MimeParser.Limits.FLAT);
    if (flat.isFaithful()) return flat;
    throw new IllegalStateException("the parts of the message do not make it again");
  }

  private static LaidOut of(Message message, MimeParser.Limits limits) {
    var root = MimeParser.parse(message, limits);
    return new LaidOut(message, root, Layout.edits(message, root), Layout.size(root));
  }

  /// Whether parts and edits are small enough to keep and make the very message.
  private boolean isFaithful() {
    var edited = edits.stream().mapToLong(edit -> edit.put().length()).sum();
    return edited <= MOST_EDITED_OCTETS && makesTheMessage();
  }

  private boolean makesTheMessage() {
    var comparison = new Comparison(message);
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

  /// Fails at the first octet that is not the message's.
  private static final class Comparison extends OutputStream {
    private final Message message;
    private int at;

    Comparison(Message message) {
      this.message = message;
    }

    @Override
    public void write(int octet) throws IOException {
      if (at >= message.length() || message.at(at) != (byte) octet)
        throw new IOException("differs at " + at);
      at++;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      if (length > message.length() - at
          || !Octets.of(octets, offset, length).equals(message.octets(new Slice(at, at + length))))
        throw new IOException("differs after " + at);
      at += length;
    }

    boolean isComplete() {
      return at == message.length();
    }
  }
}
