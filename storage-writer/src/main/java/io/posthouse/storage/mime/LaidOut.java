package io.posthouse.storage.mime;

import io.posthouse.message.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A message, its parts, and what makes it of them again to the last octet: checked when it is
/// made.
///
/// @param size octets of the message as WildDuck makes it of the parts
public record LaidOut(Message message, MimePart root, List<Edit> edits, long size) {
  /// A longer list of differences is not worth the structure.
  private static final int MOST_EDITED_OCTETS = 1 << 20;

  /// A longer body is not worth keeping twice.
  private static final int LONGEST_WHOLE = 4 << 20;

  private static final Octets EMPTY_LINE = Octets.utf8("\r\n");

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

  /// The body as it came, where WildDuck would not make it of its parts. Kept in the place of the
  /// preamble it makes WildDuck serve the very message: that writes the preamble first, and nothing
  /// beyond the length that the message says it has. Over POP3 it does write the parts again, so
  /// the last boundary has to be there: what comes after it is no part.
  public Optional<Slice> wholeBody() {
    if (!(root instanceof MimePart.Multipart multipart)) return Optional.empty();
    if (edits.isEmpty() && !hasEmptyPart(root)) return Optional.empty();
    var body = new Slice(multipart.preamble().start(), message.length());
    var headerIsMade = edits.isEmpty() || edits.getFirst().at() >= body.start();
    return headerIsMade && body.length() <= LONGEST_WHOLE && isEnded(multipart, body)
        ? Optional.of(body)
        : Optional.empty();
  }

  private boolean isEnded(MimePart.Multipart multipart, Slice body) {
    return message.latin1(body).contains("--" + multipart.boundary() + "--");
  }

  /// Whether a header and the empty line after it are all there is. WildDuck would leave that line
  /// out, but for a header that has it as its last field.
  public boolean isHeaderAlone() {
    return root instanceof MimePart.Leaf leaf
        && leaf.body().length() == 0
        && edits.equals(List.of(new Edit(size, 0, EMPTY_LINE)));
  }

  /// Octets of the message as WildDuck serves it: RFC822.SIZE, and what the quota counts.
  public long served() {
    return wholeBody().isPresent() || isHeaderAlone() || isOnlyLonger() ? message.length() : size;
  }

  /// Whether WildDuck makes the message and, behind it, boundaries that did not come.
  private boolean isOnlyLonger() {
    if (edits.size() != 1 || root instanceof MimePart.Leaf) return false;
    var edit = edits.getFirst();
    return edit.put().length() == 0 && edit.at() + edit.cut() == size && !hasEmptyPart(root);
  }

  /// After the header of a part without a body WildDuck writes a line too many.
  private static boolean hasEmptyPart(MimePart part) {
    return switch (part) {
      case MimePart.Leaf leaf -> leaf.body().length() == 0;
      case MimePart.Multipart multipart ->
          multipart.children().stream().anyMatch(LaidOut::hasEmptyPart);
    };
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
