package io.posthouse.storage.mime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Finds the parts of a message in one pass over its lines. Every message has a structure: what
/// breaks the grammar becomes part of some body.
///
/// Depth, parts and header are bounded, over all messages within the message; beyond a bound the
/// rest is body.
public final class MimeParser {
  /// Bounds within which a message is taken apart.
  ///
  /// @param depth multiparts and messages within each other; 0 takes nothing apart but the header
  /// @param headerOctets of all parts together
  public record Limits(int depth, int parts, int fields, int headerOctets) {
    /// Far beyond real mail, and within what one document can hold.
    public static final Limits DEFAULT = new Limits(20, 1_000, 5_000, 1 << 20);

    /// The header and one body.
    public static final Limits FLAT = new Limits(0, 1, 1_000, 1 << 20);
  }

  private enum Where {
    HEADER,
    BODY,
    /// After the last boundary of a multipart: ignored (RFC 2046 §5.1.1).
    EPILOGUE
  }

  private final Message message;
  private final Budget budget;
  private final int depth;
  private final Deque<OpenPart> open = new ArrayDeque<>();
  private final MimePart root;
  private Where where = Where.HEADER;

  /// @param depth of what this message lies within; 0 for the outermost
  private MimeParser(Message message, Slice all, Budget budget, int depth) {
    this.message = message;
    this.budget = budget;
    this.depth = depth;
    var top = new OpenPart(message);
    open.push(top);
    readLines(all);
    while (!open.isEmpty()) close(all.end());
    this.root = top.closed();
  }

  public static MimePart parse(Message message, Limits limits) {
    return new MimeParser(message, message.all(), new Budget(limits, message.length()), 0).root;
  }

  private void readLines(Slice all) {
    for (int start = all.start(); start < all.end(); ) {
      var line = Line.at(message, start, all.end());
      read(line);
      start = line.next();
    }
  }

  private void read(Line line) {
    if (line.looksLikeBoundary() && isBoundary(line)) return;
    if (where == Where.HEADER) readHeader(line);
  }

  private void readHeader(Line line) {
    var part = open.element();
    if (line.isEmpty()) {
      startBody(part, line.next());
    } else if (!budget.takesHeader(line)) {
      startBody(part, line.start());
    } else if (line.isFolded() && part.hasFields()) {
      part.extendField(line.end());
    } else {
      budget.takeField();
      part.addField(new Slice(line.start(), line.end()));
    }
  }

  private void startBody(OpenPart part, int at) {
    part.startBody(at, budget.allowsDepth(depth + open.size()));
    where = Where.BODY;
  }

  /// The boundary of any multipart that is open ends what is within (RFC 2046 §5.1.2).
  private boolean isBoundary(Line line) {
    var text = line.text();
    for (var part : open) {
      var delimiter = part.delimiter();
      if (delimiter.isEmpty() || !text.startsWith(delimiter.get())) continue;
      var rest = text.substring(delimiter.get().length());
      // Without a part before it, it ends nothing.
      if (rest.equals("--") && (part.hasChildren() || part != open.element())) {
        closeAllWithin(part, line);
        endMultipart(part, line);
        return true;
      }
      if (rest.isEmpty() && budget.takesPart()) {
        closeAllWithin(part, line);
        part.endPreamble(line.start());
        open.push(new OpenPart(message));
        where = Where.HEADER;
        return true;
      }
    }
    return false;
  }

  private void closeAllWithin(OpenPart part, Line boundary) {
    while (open.element() != part) close(boundary.beforeBreak());
  }

  private void endMultipart(OpenPart part, Line line) {
    part.endPreamble(line.start());
    close(line.start());
    where = Where.EPILOGUE;
  }

  private void close(int end) {
    var part = open.pop();
    part.close(end, this::messageWithin);
    if (!open.isEmpty()) open.element().add(part.closed());
  }

  /// A message within the message (RFC 2046 §5.2.1), whose octets stand there as they are.
  private Optional<MimePart> messageWithin(MimePart.Leaf part) {
    var within = depth + open.size() + 1;
    if (!part.holdsMessage() || !budget.allowsDepth(within) || !budget.takesMessage(part.body()))
      return Optional.empty();
    return Optional.of(new MimeParser(message, part.body(), budget, within).root);
  }
}
