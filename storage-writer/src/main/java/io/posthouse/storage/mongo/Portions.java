package io.posthouse.storage.mongo;

import java.util.ArrayList;
import java.util.List;

/// The messages of a batch, in the pieces in which they go to the database.
final class Portions {
  /// Of messages; their documents have some three times as many.
  private static final long MOST_OCTETS = 256 << 10;

  private Portions() {}

  /// All copies in their order, a longer message by itself.
  static List<List<Copy>> of(List<Copy> copies) {
    var portions = new ArrayList<List<Copy>>();
    var octets = 0L;
    for (var copy : copies) {
      octets += copy.size();
      if (portions.isEmpty() || octets > MOST_OCTETS) {
        portions.add(new ArrayList<>());
        octets = copy.size();
      }
      portions.getLast().add(copy);
    }
    return portions;
  }
}
