package io.posthouse.directive;

import io.posthouse.directive.Directives.Numbered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Directives by the end of what they touch: of ten thousand that are over, a message that arrives
/// meets none.
record Reach(NavigableMap<Instant, List<Numbered>> byEnd) {
  static Reach of(List<Numbered> directives, Function<Directive, Instant> end) {
    var byEnd = new TreeMap<Instant, List<Numbered>>();
    for (var next : directives)
      byEnd.computeIfAbsent(end.apply(next.directive()), _ -> new ArrayList<>()).add(next);
    return new Reach(byEnd);
  }

  /// Those that do not end before an instant, in the order of their numbers.
  List<Numbered> over(Instant arrived) {
    return byEnd.tailMap(arrived, true).values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(Numbered::number))
        .toList();
  }
}
