package io.posthouse.config;

import io.posthouse.config.Tree.Entry;
import io.posthouse.config.Tree.Mapping;
import io.posthouse.config.Tree.Scalar;
import io.posthouse.config.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A section as it is walked: finds what was written under a key and reports what is no good.
///
/// @param origin where the section stands; of a section nobody wrote, where the one around it
///   stands
record Section(Reading reading, String path, Mapping entries, Origin origin) {

  /// What was written under a key of this section or, with dots, of a section below.
  record Written(String key, Optional<Tree> tree, Origin origin) {}

  Written find(String dotted) {
    var dot = dotted.indexOf('.');
    return dot < 0
        ? child(dotted)
        : below(dotted.substring(0, dot)).find(dotted.substring(dot + 1));
  }

  /// The section below; an empty one if nothing, or no section, was written.
  Section below(String dotted) {
    var written = find(dotted);
    return new Section(reading, written.key(), mapping(written), written.origin());
  }

  /// The sections of a list.
  List<Section> items(String dotted) {
    var written = find(dotted);
    var items = new ArrayList<Section>();
    for (var item : trees(written, "a list of sections")) {
      var one =
          new Written(written.key() + "[" + items.size() + "]", Optional.of(item), item.origin());
      items.add(new Section(reading, one.key(), mapping(one), item.origin()));
    }
    return items;
  }

  /// The sections of a section whose keys are free.
  Map<String, Section> named(String dotted) {
    var all = below(dotted);
    var named = new LinkedHashMap<String, Section>();
    all.keys().forEach(name -> named.put(name, all.belowFree(name)));
    return named;
  }

  /// The keys that were written here.
  Iterable<String> keys() {
    return entries.entries().keySet();
  }

  Section belowFree(String name) {
    var written = child(name);
    return new Section(reading, written.key(), mapping(written), written.origin());
  }

  Written child(String name) {
    reading.ask(entries, path, name);
    var entry = entries.entries().get(name);
    var key = Settings.join(path, name);
    return new Written(
        key, Optional.ofNullable(entry).map(Entry::value), entry == null ? origin : entry.key());
  }

  /// The value, or nothing when nothing was written or it cannot be used; the latter is reported.
  <T> Optional<T> parse(Written written, Form<T> form) {
    return written.tree().flatMap(tree -> parse(written.key(), tree, form));
  }

  /// The values of a list; a single value is a list of one. Nothing when nothing was written.
  <T> Optional<List<T>> parseAll(Written written, Form<T> form) {
    if (written.tree().isEmpty()) return Optional.empty();
    var values = new ArrayList<T>();
    var trees = trees(written, "a list, each " + form.expected());
    for (int i = 0; i < trees.size(); i++)
      parse(written.key() + "[" + i + "]", trees.get(i), form).ifPresent(values::add);
    return Optional.of(values);
  }

  private <T> Optional<T> parse(String key, Tree tree, Form<T> form) {
    if (tree instanceof Scalar(var text, var empty, var origin) && !empty) {
      var resolved = resolve(key, text, origin);
      return resolved.flatMap(found -> parse(key, text, found, origin, form));
    }
    return mismatch(key, tree, form.expected());
  }

  private <T> Optional<T> parse(
      String key, String written, String text, Origin origin, Form<T> form) {
    try {
      return Optional.of(form.parse().apply(text));
    } catch (IllegalArgumentException _) {
      var hint =
          Suggestion.of(text, form.words()).map(word -> "; did you mean " + word + "?").orElse("");
      // What was written, not what it stands for: that may be a secret. So may be a user in a URI.
      reading.problem(
          origin, key, Secret.uri(written) + " (expected: " + form.expected() + hint + ")");
      return Optional.empty();
    }
  }

  private Optional<String> resolve(String key, String text, Origin origin) {
    try {
      return Optional.of(reading.references().resolve(text));
    } catch (IllegalArgumentException e) {
      reading.problem(origin, key, text + " (expected: " + e.getMessage() + ")");
      return Optional.empty();
    }
  }

  private Mapping mapping(Written written) {
    return switch (written.tree().orElse(null)) {
      case null -> Mapping.empty(written.origin());
      case Mapping mapping -> mapping;
      case Scalar(_, var empty, _) when empty -> Mapping.empty(written.origin());
      case Tree other ->
          this.<Mapping>mismatch(written.key(), other, "a section")
              .orElseGet(() -> Mapping.empty(written.origin()));
    };
  }

  private List<Tree> trees(Written written, String expected) {
    return switch (written.tree().orElse(null)) {
      case null -> List.of();
      case Sequence(var items, _) -> items;
      case Scalar value when !value.empty() -> List.of(value);
      case Tree other ->
          this.<List<Tree>>mismatch(written.key(), other, expected).orElseGet(List::of);
    };
  }

  private <T> Optional<T> mismatch(String key, Tree tree, String expected) {
    reading.problem(tree.origin(), key, tree.kind() + " (expected: " + expected + ")");
    return Optional.empty();
  }
}
