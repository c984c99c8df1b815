package io.posthouse.storage.mime;

/// What is left of the bounds of one message, the messages within it included.
final class Budget {
  /// Every message within is stored once more for each message that it is in.
  private static final int ALWAYS_WITHIN = 4 << 20;

  private final MimeParser.Limits limits;
  private long octetsWithin;
  private int parts = 1;
  private int fields;
  private int headerOctets;

  Budget(MimeParser.Limits limits, int length) {
    this.limits = limits;
    this.octetsWithin = Math.max(ALWAYS_WITHIN, 2L * length);
  }

  /// Whether a part at this depth may be made of others.
  boolean allowsDepth(int depth) {
    return depth <= limits.depth();
  }

  /// Takes one more part, if it may be.
  boolean takesPart() {
    if (parts >= limits.parts()) return false;
    parts++;
    return true;
  }

  /// Takes one more message within, if it may be: all of them together are no longer than twice the
  /// message.
  boolean takesMessage(Slice within) {
    if (within.length() > octetsWithin || !takesPart()) return false;
    octetsWithin -= within.length();
    return true;
  }

  /// Takes a line of a header, if it may be: the line that begins a field, or more of one.
  boolean takesHeader(Line line) {
    headerOctets += line.next() - line.start();
    return headerOctets <= limits.headerOctets() && (fields < limits.fields() || line.isFolded());
  }

  void takeField() {
    fields++;
  }
}
