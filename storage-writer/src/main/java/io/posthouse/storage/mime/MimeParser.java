package io.posthouse.storage.mime;

import java.util.ArrayDeque;
import java.util.Deque;

/// Finds the parts of a message in one pass over its lines. Every message has a structure: what
/// breaks the grammar becomes part of some body.
///
/// Depth, parts and header are bounded; beyond a bound the rest is body.
public final class MimeParser {
  /// Bounds within which a message is taken apart.
  ///
  /// @param depth multiparts within multiparts; 0 takes nothing apart but the header
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
  private final Limits limits;
  private final Deque<OpenPart> open = new ArrayDeque<>();
  private final MimePart root;
  private Where where = Where.HEADER;
  private int parts = 1;
  private int fields;
  private int headerOctets;

  private MimeParser(Message message, Limits limits) {
    this.message = message;
    this.limits = limits;
    var top = new OpenPart(message);
    open.push(top);
    readLines();
    while (!open.isEmpty()) close(message.length());
    this.root = top.closed();
  }

  public static MimePart parse(Message message, Limits limits) {
    return new MimeParser(message, limits).root;
  }

  private void readLines() {
    for (int start = 0; start < message.length(); ) {
      var line = Line.at(message, start);
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
    headerOctets += line.next() - line.start();
    if (line.isEmpty()) {
      startBody(part, line.next());
    } else if (headerOctets > limits.headerOctets()
        || (fields >= limits.fields() && !line.isFolded())) {
      startBody(part, line.start());
    } else if (line.isFolded() && part.hasFields()) {
      part.extendField(line.end());
    } else {
      fields++;
      part.addField(new Slice(line.start(), line.end()));
    }
  }

  private void startBody(OpenPart part, int at) {
    part.startBody(at, open.size() <= limits.depth());
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
      if (rest.isEmpty() && parts < limits.parts()) {
        closeAllWithin(part, line);
        part.endPreamble(line.start());
        parts++;
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
    part.close(end);
    if (!open.isEmpty()) open.element().add(part.closed());
  }
}
