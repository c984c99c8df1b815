package io.posthouse.node;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Things of which only some are named, so that telling of them has a bound.
///
/// @param named those that matter most, the first of them first
/// @param all how many there are
public record Some<T>(List<T> named, int all) {
  public Some {
    named = List.copyOf(named);
    if (all < named.size())
      throw new IllegalArgumentException(
          "all: " + all + " (expected: " + named.size() + " or more)");
  }

  /// All of these.
  public static <T> Some<T> of(List<T> all) {
    return new Some<>(all, all.size());
  }

  /// Of as many, no more than `most` by name.
  Some<T> atMost(int most) {
    return named.size() <= most ? this : new Some<>(named.subList(0, most), all);
  }

  Some<T> sorted(Comparator<? super T> order) {
    return new Some<>(named.stream().sorted(order).toList(), all);
  }

  Some<T> plus(Some<T> more) {
    return new Some<>(Stream.concat(named.stream(), more.named.stream()).toList(), all + more.all);
  }
}
