package io.posthouse.storage.mime;

/// One line of a message; it ends with CRLF, with a bare LF or with what is read.
///
/// @param end without the line end
/// @param next where the next line starts
record Line(Message message, int start, int end, int next) {

  /// @param limit where what is read ends
  static Line at(Message message, int start, int limit) {
    var newline = start;
    while (newline < limit && message.at(newline) != '\n') newline++;
    var end = newline;
    if (newline < limit && end > start && message.at(end - 1) == '\r') end--;
    return new Line(message, start, end, Math.min(newline + 1, limit));
  }

  boolean isEmpty() {
    return start == end;
  }

  boolean isFolded() {
    return !isEmpty() && isBlank(message.at(start));
  }

  boolean looksLikeBoundary() {
    return end - start > 2 && message.at(start) == '-' && message.at(start + 1) == '-';
  }

  /// Without blanks at its end, which a boundary may have on the way (RFC 2046 §5.1.1).
  String text() {
    var last = end;
    while (last > start && isBlank(message.at(last - 1))) last--;
    return message.latin1(new Slice(start, last));
  }

  /// Where the part before this boundary ends: the line break belongs to the boundary.
  int beforeBreak() {
    if (start == 0 || message.at(start - 1) != '\n') return start;
    return start > 1 && message.at(start - 2) == '\r' ? start - 2 : start - 1;
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }
}
