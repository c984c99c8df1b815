package io.posthouse.config;

import io.posthouse.config.Tree.Mapping;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What one reading of the settings has found so far: problems, and which keys were asked for.
final class Reading {
  private final References references;
  private final boolean forReference;
  private final Map<Place, Problem> problems = new LinkedHashMap<>();
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final IdentityHashMap<Mapping, Asked> asked = new IdentityHashMap<>();

  /// Where one problem hides all that follow from it.
  private record Place(Origin origin, String key) {}

  /// The keys somebody wanted in a section.
  private record Asked(String path, Set<String> keys) {}

  private Reading(References references, boolean forReference) {
    this.references = references;
    this.forReference = forReference;
  }

  /// Reads what somebody wrote.
  static Reading of(References references) {
    return new Reading(references, false);
  }

  /// Reads nothing, to learn which keys there are; lists and maps then have one sample element.
  static Reading forReference(References references) {
    return new Reading(references, true);
  }

  boolean isForReference() {
    return forReference;
  }

  References references() {
    return references;
  }

  void ask(Mapping section, String path, String key) {
    asked.computeIfAbsent(section, _ -> new Asked(path, new TreeSet<>())).keys().add(key);
  }

  void problem(Origin origin, String key, String what) {
    problem(new Problem(origin, key, what));
  }

  void problem(Problem problem) {
    problems.putIfAbsent(new Place(problem.origin(), problem.key()), problem);
  }

  void found(Setting setting) {
    settings.put(setting.key(), setting);
  }

  int problemsSoFar() {
    return problems.size();
  }

  List<Setting> settings() {
    return List.copyOf(settings.values());
  }

  /// All problems, when everything that will be asked for has been: now a key is known or is not.
  List<Problem> problems() {
    var all = new ArrayList<>(problems.values());
    asked.forEach((section, wanted) -> all.addAll(unknownKeys(section, wanted)));
    return all;
  }

  private static List<Problem> unknownKeys(Mapping section, Asked asked) {
    return section.entries().entrySet().stream()
        .filter(entry -> !asked.keys().contains(entry.getKey()))
        .map(entry -> unknown(entry.getKey(), entry.getValue().key(), asked))
        .toList();
  }

  private static Problem unknown(String key, Origin origin, Asked asked) {
    var hint =
        Suggestion.of(key, asked.keys())
            .map(word -> "did you mean " + word + "?")
            .orElseGet(() -> "expected: " + String.join(", ", asked.keys()));
    return new Problem(origin, Settings.join(asked.path(), key), "unknown key (" + hint + ")");
  }
}
