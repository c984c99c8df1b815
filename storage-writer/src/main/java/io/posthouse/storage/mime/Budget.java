package io.posthouse.storage.mime;

/// What is left of the bounds of one message, the messages within it included.
final class Budget {
  private final MimeParser.Limits limits;
  private int parts = 1;
  private int fields;
  private int headerOctets;

  Budget(MimeParser.Limits limits) {
    this.limits = limits;
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

  /// Takes a line of a header, if it may be: the line that begins a field, or more of one.
  boolean takesHeader(Line line) {
    headerOctets += line.next() - line.start();
    return headerOctets <= limits.headerOctets() && (fields < limits.fields() || line.isFolded());
  }

  void takeField() {
    fields++;
  }
}
