package io.posthouse.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was written, before anybody asked for it: YAML without its syntax, every part with its
/// origin.
sealed interface Tree {

  Origin origin();

  /// What to call it when it stands where something else was expected.
  String kind();

  /// A single value.
  ///
  /// @param empty nothing was written after the key (or `null`, `~`)
  record Scalar(String text, boolean empty, Origin origin) implements Tree {
    @Override
    public String kind() {
      return empty ? "empty" : text;
    }
  }

  record Sequence(List<Tree> items, Origin origin) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  record Mapping(Map<String, Entry> entries, Origin origin) implements Tree {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static Mapping empty(Origin origin) {
      return new Mapping(Map.of(), origin);
    }

    @Override
    public String kind() {
      return "a section";
    }

    /// The same with `value` at `path`; sections on the way are made, and replace what is no
    /// section.
    Mapping with(List<String> path, Tree value) {
      var key = path.getFirst();
      var before = entries.get(key);
      var below = path.subList(1, path.size());
      var changed = new LinkedHashMap<>(entries);
      changed.put(
          key,
          new Entry(
              before == null || below.isEmpty() ? value.origin() : before.key(),
              below.isEmpty() ? value : within(before, value.origin()).with(below, value)));
      return new Mapping(changed, origin);
    }

    private static Mapping within(@org.jspecify.annotations.Nullable Entry before, Origin origin) {
      return before != null && before.value() instanceof Mapping section ? section : empty(origin);
    }
  }

  /// One line of a section: where its key stands, and what it says.
  record Entry(Origin key, Tree value) {}
}
