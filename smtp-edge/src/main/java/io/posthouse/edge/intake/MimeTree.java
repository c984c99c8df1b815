package io.posthouse.edge.intake;

import java.util.ArrayList;
import java.util.List;

/// Where in a message's tree of MIME parts its lines are (RFC 2046 §5.1). Remembers the boundaries
/// that are open, and nothing of parts that are over.
final class MimeTree {
  private static final String MESSAGE = "";

  // From the outermost; a message within has none.
  private final List<String> boundaries = new ArrayList<>();
  private String next = MESSAGE;
  private boolean opens;
  private int parts;

  /// What the header says that was just read; the last word counts.
  void contentType(HeaderField field) {
    var boundary = field.boundary().filter(b -> !b.isEmpty());
    opens = boundary.isPresent() || field.isMessage();
    next = boundary.orElse(MESSAGE);
  }

  /// A header is over.
  ///
  /// @return whether another begins at once
  boolean headerEnded() {
    if (!opens) return false;
    opens = false;
    boundaries.add(next);
    return next.equals(MESSAGE);
  }

  /// Whether lines matter: there are boundaries to look for.
  boolean isOpen() {
    return !boundaries.isEmpty();
  }

  int depth() {
    return boundaries.size();
  }

  int parts() {
    return parts;
  }

  /// Looks at a line that begins with two hyphens.
  ///
  /// @return whether a part begins with it, and so a header
  boolean isBeginOfPart(String line) {
    var said = line.substring(2);
    for (int level = boundaries.size() - 1; level >= 0; level--) {
      var boundary = boundaries.get(level);
      if (boundary.equals(MESSAGE) || !said.startsWith(boundary)) continue;
      var rest = said.substring(boundary.length());
      if (rest.isEmpty()) return begin(level);
      if (rest.equals("--")) return end(level);
    }
    return false;
  }

  /// Whatever was open within the part before is over.
  private boolean begin(int level) {
    closeFrom(level + 1);
    opens = false;
    parts++;
    return true;
  }

  private boolean end(int level) {
    closeFrom(level);
    return false;
  }

  private void closeFrom(int level) {
    boundaries.subList(level, boundaries.size()).clear();
  }
}
