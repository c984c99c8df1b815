package io.posthouse.edge;

import java.util.ArrayList;
import java.util.List;

/// A dialogue in the notation of the RFCs: `C:` is a line of the client's, `S:` how the last line
/// of the next reply begins, `S: (closes)` the end, `C: (TLS)` where TLS starts.
///
/// @param groups what the client says before it waits, and what it then hears
record Script(List<Group> groups) {
  static final String TLS = "(TLS)";

  /// Lines that are said together, and the replies to them.
  record Group(List<String> said, List<String> expected) {
    boolean startsTls() {
      return said.equals(List.of(TLS));
    }

    private Group with(Group next) {
      return new Group(concat(said, next.said), concat(expected, next.expected));
    }

    private static List<String> concat(List<String> first, List<String> second) {
      var both = new ArrayList<>(first);
      both.addAll(second);
      return both;
    }
  }

  static Script parse(String text) {
    var groups = new ArrayList<Group>();
    for (var line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      var what = line.substring(2).strip();
      var isSaid = line.startsWith("C:");
      if (groups.isEmpty() || (isSaid && !goesOn(groups.getLast(), what)))
        groups.add(new Group(new ArrayList<>(), new ArrayList<>()));
      (isSaid ? groups.getLast().said() : groups.getLast().expected()).add(what);
    }
    return new Script(groups);
  }

  /// The same from a client that waits for nothing but TLS.
  ///
  /// @param evenGreeting whether it talks before it is greeted, too
  Script withoutWaiting(boolean evenGreeting) {
    var joined = new ArrayList<Group>();
    for (var group : groups) {
      var before = joined.isEmpty() ? null : joined.getLast();
      var waits =
          before == null
              || before.startsTls()
              || group.startsTls()
              || (before.said().isEmpty() && !evenGreeting);
      if (waits || before == null) joined.add(group);
      else joined.set(joined.size() - 1, before.with(group));
    }
    return new Script(joined);
  }

  private static boolean goesOn(Group last, String said) {
    return last.expected().isEmpty() && !last.startsTls() && !said.equals(TLS);
  }
}
