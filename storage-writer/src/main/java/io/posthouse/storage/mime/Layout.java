package io.posthouse.storage.mime;

import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How parts make a message again, as WildDuck does: header fields joined by CRLF, an empty line
/// before a body that is not empty, boundary lines between the parts.
public final class Layout {
  private static final String CRLF = "\r\n";

  private final Pieces pieces;
  private boolean first = true;

  private Layout(Pieces pieces) {
    this.pieces = pieces;
  }

  /// Hears of every piece of the made message, in its order.
  public interface Pieces {
    /// Octets that came with the message.
    void kept(Slice slice);

    /// Octets that the layout adds.
    void added(String text);
  }

  public static void walk(MimePart root, Pieces pieces) {
    new Layout(pieces).part(root);
  }

  /// What has to be changed in the made message to have the message that came: nothing for most
  /// mail.
  public static List<Edit> edits(Message message, MimePart root) {
    var differences = new Differences(message);
    walk(root, differences);
    return differences.all();
  }

  /// Octets of the made message: RFC822.SIZE, and what the quota counts.
  public static long size(MimePart root) {
    var size = new long[1];
    walk(
        root,
        new Pieces() {
          @Override
          public void kept(Slice slice) {
            size[0] += slice.length();
          }

          @Override
          public void added(String text) {
            size[0] += text.length();
          }
        });
    return size[0];
  }

  private void part(MimePart part) {
    newLine();
    for (int i = 0; i < part.fields().size(); i++) {
      if (i > 0) pieces.added(CRLF);
      pieces.kept(part.fields().get(i));
    }
    pieces.added(CRLF);
    switch (part) {
      case MimePart.Leaf leaf -> leaf(leaf);
      case MimePart.Multipart multipart -> multipart(multipart);
    }
  }

  private void leaf(MimePart.Leaf leaf) {
    if (leaf.body().length() == 0) return;
    newLine();
    pieces.kept(leaf.body());
  }

  private void multipart(MimePart.Multipart multipart) {
    newLine();
    pieces.kept(multipart.preamble());
    for (int i = 0; i < multipart.children().size(); i++) {
      if (i > 0) newLine();
      pieces.added("--" + multipart.boundary());
      part(multipart.children().get(i));
    }
    newLine();
    pieces.added("--" + multipart.boundary() + "--" + CRLF);
  }

  /// Every line but the first follows the line end of another.
  private void newLine() {
    if (!first) pieces.added(CRLF);
    first = false;
  }

  private static final class Differences implements Pieces {
    private final Message message;
    private final List<Edit> edits = new ArrayList<>();
    private final StringBuilder added = new StringBuilder();
    private long made;
    private int came;

    Differences(Message message) {
      this.message = message;
    }

    @Override
    public void kept(Slice slice) {
      if (slice.length() == 0) return;
      between(slice.start());
      made += slice.length();
      came = slice.end();
    }

    @Override
    public void added(String text) {
      added.append(text);
    }

    List<Edit> all() {
      between(message.length());
      return edits;
    }

    /// Between two kept pieces, what the layout added against what came.
    private void between(int next) {
      var came = message.latin1(new Slice(this.came, next));
      if (!came.contentEquals(added)) {
        var same = commonStart(came);
        var put = Octets.of(came.substring(same).getBytes(StandardCharsets.ISO_8859_1));
        edits.add(new Edit(made + same, added.length() - same, put));
      }
      made += added.length();
      added.setLength(0);
    }

    private int commonStart(String came) {
      var same = 0;
      while (same < Math.min(came.length(), added.length())
          && came.charAt(same) == added.charAt(same)) same++;
      return same;
    }
  }
}
