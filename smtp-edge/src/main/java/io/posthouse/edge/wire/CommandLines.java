package io.posthouse.edge.wire;

import io.netty.buffer.ByteBuf;
import io.posthouse.edge.session.Refusal;
import io.posthouse.edge.session.Refusals;
import java.nio.charset.StandardCharsets;

/// Takes one line after the other out of what has arrived. A line ends with CRLF; what comes to a
/// bare LF is no command, whoever thinks so, unless that is to be mended.
final class CommandLines {
  private static final String BDAT = "BDAT";

  private final BareNewline policy;
  private boolean skipping;
  private boolean skippingChunk;

  CommandLines(BareNewline policy) {
    this.policy = policy;
  }

  sealed interface Line {
    record Whole(String text) implements Line {}

    record Broken(Refusal refusal) implements Line {}

    /// The rest has yet to come.
    record Partial() implements Line {}
  }

  private static final Line PARTIAL = new Line.Partial();
  private static final Line TOO_LONG = new Line.Broken(Refusals.LINE_TOO_LONG);

  /// The octets of a chunk follow, and nobody knows how many: to the session, a BDAT without a
  /// size.
  private static final Line UNCOUNTABLE = new Line.Whole(BDAT);

  private static final Line BARE = new Line.Broken(Refusals.NOT_ENDED_BY_CRLF);

  /// The next line of `in`, which is read as far as the line goes.
  ///
  /// @param longest octets, line end included; nothing longer is ever kept
  Line next(ByteBuf in, int longest) {
    var length = in.bytesBefore((byte) '\n');
    if (length < 0) return partial(in, longest);
    var tooLong = skipping || length + 1 > longest;
    var isChunk = skipping ? skippingChunk : isChunk(in);
    skipping = false;
    var text = tooLong ? "" : in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
    in.skipBytes(length + 1);
    var line = tooLong ? TOO_LONG : whole(text);
    return isChunk && line instanceof Line.Broken ? UNCOUNTABLE : line;
  }

  private Line partial(ByteBuf in, int longest) {
    if (skipping || in.readableBytes() >= longest) {
      // Answered once, when its end is there.
      if (!skipping) skippingChunk = isChunk(in);
      skipping = true;
      in.skipBytes(in.readableBytes());
    }
    return PARTIAL;
  }

  private Line whole(String text) {
    var proper = text.endsWith("\r");
    var line = proper ? text.substring(0, text.length() - 1) : text;
    if (line.indexOf('\r') >= 0) return BARE;
    return proper || policy == BareNewline.NORMALISE ? new Line.Whole(line) : BARE;
  }

  private static boolean isChunk(ByteBuf in) {
    if (in.readableBytes() < BDAT.length()) return false;
    var verb = in.toString(in.readerIndex(), BDAT.length(), StandardCharsets.US_ASCII);
    return verb.equalsIgnoreCase(BDAT);
  }
}
