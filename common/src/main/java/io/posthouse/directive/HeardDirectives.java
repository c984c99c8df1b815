package io.posthouse.directive;

import io.posthouse.directive.Directives.Numbered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Directives as they are heard of, one by one and perhaps again. All of them are put in order when
/// somebody asks, so hearing ten thousand costs no more than ten thousand times hearing one. Safe
/// for any thread.
public final class HeardDirectives {
  private final TreeMap<Long, Directive> byNumber = new TreeMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private volatile Optional<Directives> all = Optional.of(Directives.NONE);

  /// One more.
  public synchronized void hear(long number, Directive directive) {
    if (byNumber.putIfAbsent(number, directive) != null) return;
    numbers.put(directive.id(), number);
    all = Optional.empty();
  }

  /// One can touch nothing any longer.
  public synchronized void forget(String id) {
    var number = numbers.remove(id);
    if (number == null) return;
    byNumber.remove(number);
    all = Optional.empty();
  }

  /// All that are known.
  public Directives all() {
    return all.orElseGet(this::inOrder);
  }

  private synchronized Directives inOrder() {
    var inOrder = new ArrayList<Numbered>(byNumber.size());
    byNumber.forEach((number, directive) -> inOrder.add(new Numbered(number, directive)));
    var known = Directives.of(inOrder);
    all = Optional.of(known);
    return known;
  }
}
